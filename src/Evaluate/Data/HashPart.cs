using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace FaceAttributes.Evaluation.Data;

/// <summary>
/// The fixed split of a data set into 80% to train, 10% to choose and 10% to test, the same as in models/training: from
/// the SHA-256 of "name/row".
/// </summary>
internal static class HashPart
{
    /// <summary>The part to learn from.</summary>
    public const string Train = "train";

    /// <summary>The part to choose on.</summary>
    public const string Validation = "val";

    /// <summary>The part for the report.</summary>
    public const string Test = "test";

    /// <summary>The part that a row belongs to.</summary>
    /// <param name="name">The data set's name.</param>
    /// <param name="row">The row's number.</param>
    public static string Of(string name, int row)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{name}/{row}");
        return (SHA256.HashData(Encoding.UTF8.GetBytes(text))[0] * 10 / 256) switch
        {
            9 => Test,
            8 => Validation,
            _ => Train,
        };
    }
}
