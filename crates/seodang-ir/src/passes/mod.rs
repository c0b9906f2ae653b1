//! Passes that rewrite a graph into a simpler one that computes the same.
