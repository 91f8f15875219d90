using System.Security.Cryptography;

namespace Vision.Inference;

/// <summary>An ONNX file that a manifest names.</summary>
/// <param name="Path">Full path.</param>
/// <param name="Sha256">SHA-256 of its bytes, in lower-case hex.</param>
public sealed record ModelFile(string Path, string Sha256)
{
    /// <summary>Makes sure that the file is the one that is meant.</summary>
    /// <exception cref="ModelException">It is missing or another one.</exception>
    public void Check()
    {
        string found;
        try
        {
            using var file = File.OpenRead(Path);
            found = Convert.ToHexStringLower(SHA256.HashData(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelException($"Model {Path} cannot be read; put it beside its manifest.", e);
        }

        if (found != Sha256)
        {
            throw new ModelException(
                $"Model {Path} has sha256 {found}, its manifest says {Sha256}; use the file that belongs to the manifest, or update sha256.");
        }
    }
}
