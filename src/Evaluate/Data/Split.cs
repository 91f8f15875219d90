using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace FaceAttributes.Evaluation.Data;

/// <summary>A part of a data set.</summary>
internal enum Split
{
    /// <summary>The faces that networks learn from.</summary>
    Train,

    /// <summary>The faces on which everything is chosen; no network learns from them.</summary>
    Selection,

    /// <summary>The faces for the report, on which nothing is chosen and from which nothing is learned.</summary>
    Test,
}

/// <summary>
/// The fixed split of a data set into 80% to train, 10% for selection and 10% to test: from the SHA-256 of "name/row".
/// </summary>
internal static class HashSplit
{
    /// <summary>The split of a row.</summary>
    /// <param name="name">The data set's name.</param>
    /// <param name="row">The row's number.</param>
    public static Split Of(string name, int row)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{name}/{row}");
        return (SHA256.HashData(Encoding.UTF8.GetBytes(text))[0] * 10 / 256) switch
        {
            9 => Split.Test,
            8 => Split.Selection,
            _ => Split.Train,
        };
    }
}
