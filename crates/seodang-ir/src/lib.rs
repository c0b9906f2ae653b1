//! What a Seodang program means: ops, graph, autodiff, verifier, reference evaluator.
