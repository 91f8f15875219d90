using OpenCvSharp;

namespace FaceAttributes.Evaluation.Answers;

/// <summary>Where a face is in its picture.</summary>
/// <param name="Box">In pixels; may leave the picture.</param>
/// <param name="IsFound">Whether the detector found it there; otherwise the data set's median box stands in.</param>
internal readonly record struct FaceBox(Rect Box, bool IsFound);
