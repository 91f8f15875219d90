using OpenCvSharp;
using Vision.Geometry;

namespace Vision.Imaging;

/// <summary>Quarter turns clockwise; the numbers are degrees.</summary>
public enum Turn
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>One to the right.</summary>
    Right = 90,

    /// <summary>Upside down.</summary>
    Half = 180,

    /// <summary>One to the left.</summary>
    Left = 270,
}

/// <summary>Where things are in a turned picture.</summary>
public static class Turns
{
    /// <summary>The turn that undoes this one.</summary>
    public static Turn Back(this Turn turn) => turn switch { Turn.Right => Turn.Left, Turn.Left => Turn.Right, _ => turn };

    /// <summary>The size of the turned picture.</summary>
    public static Size Apply(this Turn turn, Size picture) =>
        turn is Turn.Right or Turn.Left ? new Size(picture.Height, picture.Width) : picture;

    /// <summary>Where a point of a picture of this size is once the picture is turned.</summary>
    public static Point2f Apply(this Turn turn, Point2f point, Size picture) => turn switch
    {
        Turn.Right => new Point2f(picture.Height - point.Y, point.X),
        Turn.Half => new Point2f(picture.Width - point.X, picture.Height - point.Y),
        Turn.Left => new Point2f(point.Y, picture.Width - point.X),
        _ => point,
    };

    /// <summary>Where a box of a picture of this size is once the picture is turned.</summary>
    public static Box Apply(this Turn turn, in Box box, Size picture) => turn switch
    {
        Turn.Right => new Box(picture.Height - box.Bottom, box.X, box.Height, box.Width),
        Turn.Half => new Box(picture.Width - box.Right, picture.Height - box.Bottom, box.Width, box.Height),
        Turn.Left => new Box(box.Y, picture.Width - box.Right, box.Height, box.Width),
        _ => box,
    };
}
