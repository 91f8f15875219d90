using OpenCvSharp;
using Situations;
using Vision.Imaging;

namespace FaceAttributes.Evaluation.Danger;

/// <summary>How often a camera in ordinary rooms would be told of a danger.</summary>
/// <param name="Pictures">Of rooms; each is watched for a minute.</param>
/// <param name="PerHour">Alerts an hour.</param>
/// <param name="Alerted">Share of the pictures with an alert: a room that alerts once does it all day.</param>
internal sealed record QuietRooms(int Pictures, double PerHour, double Alerted)
{
    /// <summary>The sources whose harmless pictures are of rooms, with people and without.</summary>
    public static readonly string[] Sources = ["ambianic/fall-detection", "emanhamed/Houses-dataset"];

    private const int Looks = 30;
    private static readonly double Period = new Pace().Period;

    /// <summary>Watches a picture for a minute as the node does by default, while the camera drifts over it.</summary>
    /// <param name="describer">The networks.</param>
    /// <param name="frame">For the images.</param>
    /// <param name="picture">The picture.</param>
    /// <returns>Alerts.</returns>
    public static int Watch(SituationDescriber describer, ImageFrame frame, Mat picture)
    {
        var alarm = new DangerAlarm { RaiseFrom = describer.Manifest.DangerFrom, ClearBelow = describer.Manifest.NoneBelow };
        var alerts = 0;
        for (var look = 0; look < Looks; look++)
        {
            var turn = 2 * Math.PI * look / Looks;
            var share = 0.9 - 0.08 * Math.Cos(3 * turn);
            var (width, height) = ((int)(share * picture.Width), (int)(share * picture.Height));
            var left = (int)((picture.Width - width) * (0.5 + 0.5 * Math.Sin(turn)));
            var top = (int)((picture.Height - height) * (0.5 + 0.5 * Math.Sin(2 * turn)));
            using var view = new Mat(picture, new Rect(left, top, width, height));
            frame.Set(view);
            describer.Look(frame);
            frame.Clear();
            var before = alarm.IsRaised;
            alerts += alarm.Update(describer.Danger.Probability, look * Period) && !before ? 1 : 0;
        }

        return alerts;
    }

    /// <summary>Sums up.</summary>
    /// <param name="alerts">Of each picture.</param>
    public static QuietRooms Of(IReadOnlyCollection<int> alerts) => alerts.Count == 0
        ? new QuietRooms(0, 0, 0)
        : new QuietRooms(alerts.Count, 3600 * alerts.Average() / (Looks * Period), (double)alerts.Count(count => count > 0) / alerts.Count);
}
