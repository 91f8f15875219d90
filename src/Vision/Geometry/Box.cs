using OpenCvSharp;

namespace Vision.Geometry;

/// <summary>A rectangle of an image, in pixels: pixel i reaches from i to i + 1. May leave the image.</summary>
/// <param name="X">Left edge.</param>
/// <param name="Y">Top edge.</param>
/// <param name="Width">From the left to the right edge; 0 or more.</param>
/// <param name="Height">From the top to the bottom edge; 0 or more.</param>
public readonly record struct Box(float X, float Y, float Width, float Height)
{
    /// <summary>Right edge.</summary>
    public float Right => X + Width;

    /// <summary>Bottom edge.</summary>
    public float Bottom => Y + Height;

    /// <summary>Horizontal centre.</summary>
    public float CenterX => X + Width / 2;

    /// <summary>Vertical centre.</summary>
    public float CenterY => Y + Height / 2;

    /// <summary>Width × height, in square pixels.</summary>
    public float Area => Width * Height;

    /// <summary>A box of whole pixels.</summary>
    public static Box From(Rect rect) => new(rect.X, rect.Y, rect.Width, rect.Height);

    /// <summary>A square round a centre.</summary>
    public static Box Square(float centerX, float centerY, float side) => new(centerX - side / 2, centerY - side / 2, side, side);

    /// <summary>The box in a picture that is so many times larger.</summary>
    public Box Scale(float factor) => new(factor * X, factor * Y, factor * Width, factor * Height);

    /// <summary>What two boxes share; of size 0 where they don't meet.</summary>
    public Box Intersect(in Box other)
    {
        var (left, top) = (Math.Max(X, other.X), Math.Max(Y, other.Y));
        return new Box(
            left, top, Math.Max(0, Math.Min(Right, other.Right) - left), Math.Max(0, Math.Min(Bottom, other.Bottom) - top));
    }

    /// <summary>Area of what two boxes share over the area of both together, from 0 to 1; 0 where both are empty.</summary>
    public float IntersectionOverUnion(in Box other)
    {
        var shared = Intersect(other).Area;
        return shared > 0 ? shared / (Area + other.Area - shared) : 0;
    }

    /// <summary>Area of what two boxes share over the area of the smaller one, from 0 to 1; 0 where one is empty.</summary>
    public float IntersectionOverSmaller(in Box other)
    {
        var shared = Intersect(other).Area;
        return shared > 0 ? shared / Math.Min(Area, other.Area) : 0;
    }

    /// <summary>The part that lies in an image of this size; of size 0 at its edge where none does.</summary>
    public Box ClipTo(int width, int height)
    {
        var (left, top) = (Math.Clamp(X, 0, width), Math.Clamp(Y, 0, height));
        return new Box(left, top, Math.Clamp(Right, left, width) - left, Math.Clamp(Bottom, top, height) - top);
    }

    /// <summary>The nearest box of whole pixels: each edge is rounded, so that neighbours stay neighbours.</summary>
    public Rect ToRect()
    {
        var (left, top) = (Round(X), Round(Y));
        return new Rect(left, top, Round(Right) - left, Round(Bottom) - top);
    }

    private static int Round(float value) => (int)MathF.Floor(value + 0.5f);
}
