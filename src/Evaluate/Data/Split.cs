namespace FaceAttributes.Evaluation.Data;

/// <summary>Which faces a model is measured on. It learned from neither.</summary>
internal enum Split
{
    /// <summary>Those on which everything is chosen.</summary>
    Selection,

    /// <summary>Those for the report, on which nothing is chosen.</summary>
    Test,
}
