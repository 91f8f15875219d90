using System.Security.Cryptography;
using Vision.Inference;

namespace FaceAttributes.Classification;

/// <summary>An ONNX file that a manifest names.</summary>
/// <param name="Path">Full path.</param>
/// <param name="Sha256">SHA-256 of its bytes, in lower-case hex.</param>
public sealed record ModelFile(string Path, string Sha256)
{
    /// <summary>Reads the file and makes sure that it is the one that is meant.</summary>
    /// <exception cref="ModelException">It is missing or another one.</exception>
    internal byte[] Read()
    {
        byte[] model;
        try
        {
            model = File.ReadAllBytes(Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelException($"Model {Path} cannot be read; put it beside its manifest.", e);
        }

        var found = Convert.ToHexStringLower(SHA256.HashData(model));
        return found == Sha256
            ? model
            : throw new ModelException(
                $"Model {Path} has sha256 {found}, its manifest says {Sha256}; use the file that belongs to the manifest, or update sha256.");
    }
}
