using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace FaceAttributes.Evaluation.Reporting;

/// <summary>All figures, for programs that draw them. What does not apply is left out.</summary>
internal static class JsonReport
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // For people: × stays ×.
        WriteIndented = true,
    };

    /// <summary>Writes them.</summary>
    public static void Write<T>(T figures, Stream output)
    {
        JsonSerializer.Serialize(output, figures, Options);
        output.WriteByte((byte)'\n');
    }
}
