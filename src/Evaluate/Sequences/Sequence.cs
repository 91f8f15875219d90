using System.Numerics;
using Vision.Geometry;

namespace FaceAttributes.Evaluation.Sequences;

/// <summary>Where a face is: its centre, and the geometric mean of its width and height, in pixels.</summary>
internal readonly record struct Pose(double X, double Y, double Side);

/// <summary>Something in front of the background.</summary>
internal abstract record Layer;

/// <summary>A person.</summary>
/// <param name="Looks">The photographs, each with the time in seconds from which on it is shown; the first from the start.</param>
/// <param name="Path">Where the face is at a time in seconds.</param>
internal sealed record Person(IReadOnlyList<(double From, FacePhotograph Photograph)> Looks, Func<double, Pose> Path) : Layer
{
    /// <summary>A time in seconds from which on the person counts as another one: a node that knows nobody cannot know better.</summary>
    public double AnotherFrom { get; init; } = double.PositiveInfinity;
}

/// <summary>A grey board that hides what is behind it.</summary>
/// <param name="Path">Where it is at a time in seconds, in pixels.</param>
internal sealed record Board(Func<double, Box> Path) : Layer;

/// <summary>A scene and how a camera sees it: 640×480, everything along known paths.</summary>
internal sealed record Sequence
{
    /// <summary>Width of the images, in pixels.</summary>
    public const int Width = 640;

    /// <summary>Height of the images, in pixels.</summary>
    public const int Height = 480;

    /// <summary>The picture in the background.</summary>
    public required string Background { get; init; }

    /// <summary>What is in front of it, from the farthest to the nearest.</summary>
    public required IReadOnlyList<Layer> Layers { get; init; }

    /// <summary>The times of the images, in seconds.</summary>
    public required IReadOnlyList<double> Stamps { get; init; }

    /// <summary>The four times in seconds, rising, that are worth a picture.</summary>
    public IReadOnlyList<double> Moments { get; init; } = [1, 3, 5, 7];

    /// <summary>How far everything is moved in the image because the camera turns, in pixels, at a time in seconds.</summary>
    public Func<double, Vector2> Camera { get; init; } = _ => Vector2.Zero;

    /// <summary>The light at a time in seconds: 1 leaves the photographs as they are, 0 is black.</summary>
    public Func<double, double> Light { get; init; } = _ => 1;

    /// <summary>Standard deviation of the blur, in pixels; 0 for none.</summary>
    public double Blur { get; init; }

    /// <summary>Standard deviation of the camera's noise, in grey levels.</summary>
    public double Noise { get; init; } = 2;

    /// <summary>Of the noise.</summary>
    public required int Seed { get; init; }
}
