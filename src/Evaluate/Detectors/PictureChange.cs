using OpenCvSharp;
using Vision.Geometry;

namespace FaceAttributes.Evaluation.Detectors;

/// <summary>What is done to pictures before a detector sees them: a darker room, a tilted head.</summary>
/// <param name="Light">Share of the light that is left, above 0; 1 leaves it.</param>
/// <param name="Tilt">Degrees by which the picture is turned clockwise about its centre.</param>
internal sealed record PictureChange(double Light, double Tilt)
{
    /// <summary>Changes a picture in place.</summary>
    public void Apply(Mat picture)
    {
        if (Tilt != 0)
        {
            using var matrix = Matrix(picture.Width, picture.Height);
            Cv2.WarpAffine(picture, picture, matrix, picture.Size());
        }

        if (Light != 1)
            picture.ConvertTo(picture, picture.Type(), Light);
    }

    /// <summary>Where a face is then: a box of the same size round the moved centre; ignored where that has left the picture.</summary>
    public MarkedFace Apply(MarkedFace face, int width, int height)
    {
        if (Tilt == 0)
            return face;
        using var matrix = Matrix(width, height);
        var (x, y) = (face.Box.CenterX, face.Box.CenterY);
        var (right, down) = (Along(0), Along(1));
        var box = new Box(right - face.Box.Width / 2, down - face.Box.Height / 2, face.Box.Width, face.Box.Height);
        return face with { Box = box, IsIgnored = face.IsIgnored || box.ClipTo(width, height).Area < 0.99 * box.Area };

        float Along(int row) => (float)(matrix.Get<double>(row, 0) * x + matrix.Get<double>(row, 1) * y + matrix.Get<double>(row, 2));
    }

    // OpenCV turns counter-clockwise.
    private Mat Matrix(int width, int height) => Cv2.GetRotationMatrix2D(new Point2f(width / 2f, height / 2f), -Tilt, 1);
}
