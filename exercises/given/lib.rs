//! What the learner is handed and need not edit.
