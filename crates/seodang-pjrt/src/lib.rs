//! Seodang's PJRT engine: StableHLO programs on XLA plugins.
