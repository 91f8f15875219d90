using System.Runtime.CompilerServices;
using Vision.Geometry;
using Vision.Imaging;

namespace FaceAttributes.Tracking;

/// <summary>
/// What a face looks like, in a few numbers: enough to tell apart two who cross, by light and dark and by colour; not to know
/// anybody again another day. Lives as long as a track.
/// </summary>
/// <remarks>
/// The brightness of 4×4 parts of the face, less their mean and over their standard deviation, so that a lamp that is switched
/// on changes nothing; and the mean colour, as shares of red and of blue against green.
/// </remarks>
[InlineArray(Length)]
public struct FaceAppearance
{
    private const int Cells = 4;
    private const int Length = Cells * Cells + 2;

    // Each part is the mean of so many points in a row and a column.
    private const int Points = 3;

    // The outermost of the box shows hair and background.
    private const float Inset = 0.1f;

    // By this, differences of colour count as much as those of brightness.
    private const float ColorScale = 10;

    // A part as even as this, in grey values, has no pattern but noise.
    private const float LeastDeviation = 4;

    private float _first;

    /// <summary>Looks at a face.</summary>
    /// <param name="frame">The picture. Colours are those of its camera: no two cameras' can be compared.</param>
    /// <param name="box">The face in pixels; of what is outside the picture, its edge stands in.</param>
    public static unsafe FaceAppearance Measure(ImageFrame frame, in Box box)
    {
        ArgumentNullException.ThrowIfNull(frame);
        var picture = frame.Color;
        var appearance = default(FaceAppearance);
        var (first, second, third) = (0, 0, 0);
        const int Side = Cells * Points;
        for (var row = 0; row < Side; row++)
        {
            var y = Place(box.Y, box.Height, row, frame.Height);
            for (var column = 0; column < Side; column++)
            {
                var pixel = (byte*)picture.At(Place(box.X, box.Width, column, frame.Width), y);
                first += pixel[0];
                second += pixel[1];
                third += pixel[2];
                appearance[row / Points * Cells + column / Points] += pixel[0] + 2 * pixel[1] + pixel[2];
            }
        }

        appearance.Normalize();
        var all = Math.Max(1f, first + second + third);
        var (red, blue) = picture.IsRgb ? (first, third) : (third, first);
        appearance[Cells * Cells] = ColorScale * (red - second) / all;
        appearance[Cells * Cells + 1] = ColorScale * (blue - second) / all;
        return appearance;

        static int Place(float from, float extent, int point, int size) =>
            Math.Clamp((int)(from + extent * (Inset + (1 - 2 * Inset) * (point + 0.5f) / Side)), 0, size - 1);
    }

    /// <summary>How different two are: 0 for the same picture, about 2 for two patterns that have nothing in common.</summary>
    /// <param name="other">Of a picture of the same camera.</param>
    public readonly float Difference(in FaceAppearance other)
    {
        var (pattern, color) = (0f, 0f);
        for (var i = 0; i < Length; i++)
        {
            var difference = this[i] - other[i];
            if (i < Cells * Cells)
                pattern += difference * difference;
            else
                color += difference * difference;
        }

        return pattern / (Cells * Cells) + color;
    }

    /// <summary>What is remembered of a face that is seen again.</summary>
    /// <param name="now">What it looks like now.</param>
    /// <param name="share">How much that counts, from 0 to 1.</param>
    public readonly FaceAppearance Blend(in FaceAppearance now, float share)
    {
        var blended = this;
        for (var i = 0; i < Length; i++)
            blended[i] += share * (now[i] - blended[i]);
        return blended;
    }

    private void Normalize()
    {
        // As sums of 3×3 points of four grey values each.
        var (sum, squares) = (0f, 0f);
        for (var i = 0; i < Cells * Cells; i++)
        {
            this[i] /= 4 * Points * Points;
            sum += this[i];
            squares += this[i] * this[i];
        }

        var mean = sum / (Cells * Cells);
        var deviation = Math.Max(LeastDeviation, MathF.Sqrt(Math.Max(0, squares / (Cells * Cells) - mean * mean)));
        for (var i = 0; i < Cells * Cells; i++)
            this[i] = (this[i] - mean) / deviation;
    }
}
