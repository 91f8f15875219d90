namespace FaceAttributes.Evaluation;

/// <summary>
/// A file that is written whole or not at all. It is opened before anything is measured, so that a wrong path costs no time.
/// </summary>
internal sealed class OutputFile : IDisposable
{
    private readonly string _path;
    private readonly string _partial;

    /// <summary>Opens a temporary file beside it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="option">The option that names it, for the error message.</param>
    /// <exception cref="EvaluationException">It cannot be written.</exception>
    public OutputFile(string path, string option)
    {
        (_path, _partial) = (path, path + ".partial");
        try
        {
            if (Directory.Exists(path))
                throw new IOException("It is a folder.");
            Stream = File.Create(_partial);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EvaluationException($"{path} cannot be written; name another file with {option}.", e);
        }
    }

    /// <summary>What is to become of it.</summary>
    public Stream Stream { get; }

    /// <summary>Replaces the file by what was written.</summary>
    public void Commit()
    {
        Stream.Dispose();
        File.Move(_partial, _path, overwrite: true);
    }

    /// <summary>Removes the temporary file unless it was committed.</summary>
    public void Dispose()
    {
        Stream.Dispose();
        File.Delete(_partial);
    }
}
