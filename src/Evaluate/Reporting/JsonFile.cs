using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using FaceAttributes.Evaluation.Figures;

namespace FaceAttributes.Evaluation.Reporting;

/// <summary>The file that all figures go to, for programs that draw them. What does not apply is left out.</summary>
internal sealed class JsonFile : IDisposable
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // For people: × stays ×.
        WriteIndented = true,
    };

    private readonly FileStream _file;

    /// <summary>Opens it, before anything is measured so that a wrong path costs no time; it keeps what it holds.</summary>
    /// <exception cref="EvaluationException">It cannot be written.</exception>
    public JsonFile(string path)
    {
        try
        {
            _file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EvaluationException($"{path} cannot be written; name another file with --json.", e);
        }
    }

    /// <summary>Replaces what the file holds.</summary>
    public void Write(ModelFigures figures)
    {
        _file.SetLength(0);
        JsonSerializer.Serialize(_file, figures, Options);
        _file.WriteByte((byte)'\n');
    }

    /// <summary>Closes it.</summary>
    public void Dispose() => _file.Dispose();
}
