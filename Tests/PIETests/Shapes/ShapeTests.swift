import Testing

/// Graphs of extreme shapes, one after the other: a million tasks take memory.
@Suite(.serialized) enum ShapeTests {}
