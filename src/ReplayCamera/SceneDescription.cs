using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace ReplayCamera;

/// <summary>
/// A <c>scene.yaml</c>: people cut out of photographs who sway in front of a background. Lengths are fractions of the
/// frame's height, positions fractions of its width and height, times in seconds.
/// </summary>
internal sealed class SceneDescription
{
    public required string Background { get; init; }

    public required List<Person> People { get; init; }

    /// <summary>Somebody in the scene.</summary>
    internal sealed class Person
    {
        public required string Picture { get; init; }

        /// <summary>8-bit grey, as large as the picture; white where the person is.</summary>
        public required string Mask { get; init; }

        public required double Height { get; init; }

        /// <summary>x and y of the picture's centre.</summary>
        public required double[] Position { get; init; }

        /// <summary>How far the person moves to each side, in x and y.</summary>
        public double[] Sway { get; init; } = [0, 0];

        /// <summary>How much larger and smaller the person gets, relative to <see cref="Height"/>.</summary>
        public double Zoom { get; init; }

        public double Period { get; init; } = 8;

        public bool Mirrored { get; init; }
    }

    /// <exception cref="FrameSourceException">The file is not a scene.</exception>
    public static SceneDescription Load(string path)
    {
        try
        {
            var deserializer = new DeserializerBuilder()
                .WithNamingConvention(UnderscoredNamingConvention.Instance)
                .WithEnforceRequiredMembers()
                .Build();
            using var reader = File.OpenText(path);
            return deserializer.Deserialize<SceneDescription?>(reader)
                ?? throw new FrameSourceException($"{path} is empty; see the scene that is installed with replay_camera.");
        }
        catch (YamlException e)
        {
            throw new FrameSourceException($"{path}:{e.Start.Line}: {e.InnerException?.Message ?? e.Message}");
        }
    }
}
