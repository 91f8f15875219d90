using System.Security.Cryptography;

namespace Vision.Inference;

/// <summary>An ONNX file that a manifest names.</summary>
/// <param name="Path">Full path.</param>
/// <param name="Sha256">SHA-256 of its bytes, in lower-case hex.</param>
public sealed record ModelFile(string Path, string Sha256)
{
    /// <summary>A file that no manifest names, but a user: whatever it holds, it is meant.</summary>
    /// <exception cref="ModelException">It cannot be read.</exception>
    public static ModelFile Of(string path)
    {
        path = System.IO.Path.GetFullPath(path);
        return new ModelFile(path, Hash(path, "name an existing ONNX file"));
    }

    /// <summary>Makes sure that the file is the one that is meant.</summary>
    /// <exception cref="ModelException">It is missing or another one.</exception>
    public void Check()
    {
        var found = Hash(Path, "put it beside its manifest");
        if (found != Sha256)
        {
            throw new ModelException(
                $"Model {Path} has sha256 {found}, its manifest says {Sha256}; use the file that belongs to the manifest, or update sha256.");
        }
    }

    private static string Hash(string path, string remedy)
    {
        try
        {
            using var file = File.OpenRead(path);
            return Convert.ToHexStringLower(SHA256.HashData(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelException($"Model {path} cannot be read; {remedy}.", e);
        }
    }
}
