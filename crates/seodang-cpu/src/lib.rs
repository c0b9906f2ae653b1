//! Seodang's CPU engine: fusion, memory plan, schedule.
