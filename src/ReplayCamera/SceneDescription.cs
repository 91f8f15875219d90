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
            var scene = deserializer.Deserialize<SceneDescription?>(reader)
                ?? throw new FrameSourceException($"{path} is empty; see the scene that is installed with replay_camera.");
            scene.Check(path);
            return scene;
        }
        catch (YamlException e)
        {
            throw new FrameSourceException($"{path}:{e.Start.Line}: {e.InnerException?.Message ?? e.Message}");
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            // What YamlDotNet throws at some brackets that never close and at some odd keys.
            throw new FrameSourceException($"{path} is not valid YAML ({e.Message}); correct it.");
        }
    }

    // The file may say null or anything else where the types above say otherwise.
    private void Check(string path)
    {
        Require(Background is not null && People is not null && !People.Contains(null!), "background and people are needed");
        foreach (var person in People!)
        {
            Require(person.Picture is not null && person.Mask is not null, "each person needs a picture and a mask");
            Require(person.Height is > 0 and <= 100, "height is above 0, and 100 at most");
            Require(person.Position is [var x, var y] && double.IsFinite(x + y), "position is two numbers");
            Require(person.Sway is [var toSide, var upAndDown] && double.IsFinite(toSide + upAndDown), "sway is two numbers");
            Require(person.Zoom is >= 0 and < 1, "zoom is from 0 to below 1");
            Require(person.Period is > 0 and <= 1e6, "period is above 0, in seconds");
        }

        void Require(bool holds, string rule)
        {
            if (!holds)
                throw new FrameSourceException($"{path} is no scene: {rule}; see the scene that is installed with replay_camera.");
        }
    }
}
