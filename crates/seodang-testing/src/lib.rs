//! Shared checks of Seodang: conformance table, gradient checks, golden values.
