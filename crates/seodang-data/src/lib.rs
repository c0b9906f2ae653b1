//! Data sets, CSV, IDX and images for Seodang.
