namespace FaceAttributes.Evaluation.Data;

/// <summary>Files of the data folder, or one sentence why not.</summary>
internal static class DataFile
{
    /// <summary>All lines of a text.</summary>
    /// <exception cref="EvaluationException">It is missing or must not be read.</exception>
    public static string[] ReadLines(string path) => Read(path, File.ReadAllLines);

    /// <summary>All bytes.</summary>
    /// <exception cref="EvaluationException">It is missing or must not be read.</exception>
    public static byte[] ReadBytes(string path) => Read(path, File.ReadAllBytes);

    private static T Read<T>(string path, Func<string, T> read)
    {
        try
        {
            return read(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EvaluationException(
                $"{path} cannot be read; give the data folder with --data (models/training/README.md has its layout).", e);
        }
    }
}
