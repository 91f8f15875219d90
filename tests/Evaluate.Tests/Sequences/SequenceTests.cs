using FaceAttributes.Evaluation.Metrics;
using FaceAttributes.Evaluation.Sequences;
using OpenCvSharp;
using Vision.Geometry;

namespace FaceAttributes.Evaluation.Tests.Sequences;

public class SequenceTests
{
    private readonly PhotographFolder _photographs = PhotographFolder.Read(null);
    private SequenceRenderer _renderer = null!;

    private static IEnumerable<string> Sets => SequenceSet.All.Select(set => set.Name);

    [OneTimeSetUp]
    public void CreateRenderer() => _renderer = new SequenceRenderer();

    [OneTimeTearDown]
    public void DisposeOfRenderer() => _renderer.Dispose();

    [Test]
    public void The_same_sequence_has_the_same_images_to_the_bit()
    {
        using var other = new SequenceRenderer();
        foreach (var set in SequenceSet.All)
        {
            var (sequence, again) = (set.Make(_photographs, 1, 5), set.Make(_photographs, 1, 5));
            Assert.That(Pixels(other, again, 7), Is.EqualTo(Pixels(_renderer, sequence, 7)), set.Name);
            Assert.That(Pixels(_renderer, sequence, 6), Is.Not.EqualTo(Pixels(_renderer, sequence, 7)), set.Name);
        }
    }

    [Test]
    public void An_image_looks_as_it_did_when_the_figures_were_measured()
    {
        // Grey levels of an image made 4 × 3 pixels small, noise and all; other processors may round otherwise.
        using var image = Image(_renderer, Set("crossing").Make(_photographs, 0, 10), 20);
        using var gray = image.CvtColor(ColorConversionCodes.BGR2GRAY);
        using var small = gray.Resize(new Size(4, 3), 0, 0, InterpolationFlags.Area);
        Assert.That(small.AsSpan<byte>().ToArray(), Is.EqualTo(new byte[] { 61, 63, 62, 49, 73, 82, 96, 57, 91, 97, 81, 65 }).Using<byte>((a, b) => Math.Abs(a - b) <= 1));
    }

    [TestCaseSource(nameof(Sets))]
    public void What_happens_does_not_depend_on_the_rate(string name)
    {
        var (slow, fast) = (Set(name).Make(_photographs, 2, 5), Set(name).Make(_photographs, 2, 30));
        foreach (var stamp in slow.Stamps)
        {
            var index = fast.Stamps.Index().First(item => Math.Abs(item.Item - stamp) < 1e-9).Index;
            Assert.That(_renderer.Faces(fast, index), Is.EqualTo(_renderer.Faces(slow, slow.Stamps.Index().First(item => item.Item == stamp).Index)));
        }
    }

    [Test]
    public void Faces_are_of_20_to_200_pixels_and_can_be_seen()
    {
        string[] open = ["posed", "shake", "dropouts", "dark", "blur", "scale", "expression"];
        List<double> sides = [];
        foreach (var face in open.SelectMany(Faces))
        {
            Assert.That(face.Visible, Is.GreaterThanOrEqualTo(SequenceRenderer.MinVisible), $"{face}");
            sides.Add(Math.Sqrt(face.Face.Box.Area));
        }

        Assert.That((sides.Min(), sides.Max()), Is.EqualTo((20.0, 200.0)).Using<double>((a, b) => Math.Abs(a - b) < 2));
    }

    [Test]
    public void In_crossing_the_nearer_hides_the_other_for_less_than_a_second_twice()
    {
        for (var number = 0; number < SequenceSet.Count; number++)
            Assert.That(HiddenTimes(Set("crossing").Make(_photographs, number, 50), person: 0), Has.Length.EqualTo(2).And.All.InRange(0.3, 0.8));
    }

    [Test]
    public void In_occlusion_a_face_is_hidden_for_up_to_a_second()
    {
        var times = Enumerable.Range(0, SequenceSet.Count)
            .SelectMany(number => HiddenTimes(Set("occlusion").Make(_photographs, number, 50), person: 0)).ToArray();
        Assert.That(times, Has.Length.GreaterThanOrEqualTo(6).And.All.InRange(0.4, 1.03));
        Assert.That(times.Max(), Is.GreaterThan(0.95));
    }

    [Test]
    public void Who_comes_back_is_another_one()
    {
        var ids = Faces("leave_enter").Where(face => face.Visible > 0.5).Select(face => face.Face.Id).Distinct();
        Assert.That(ids, Is.EquivalentTo(new[] { 0, 2, 3 }));
    }

    [Test]
    public void In_dropouts_images_of_up_to_a_second_are_missing()
    {
        var stamps = Set("dropouts").Make(_photographs, 0, 30).Stamps;
        var gaps = stamps.Zip(stamps.Skip(1), (before, after) => after - before).Where(gap => gap > 0.05).ToArray();
        Assert.That(gaps, Has.Length.EqualTo(7).And.All.InRange(0.2, 0.9));
    }

    [Test]
    public void In_expression_it_is_known_what_a_face_shows_and_since_when()
    {
        var looks = Faces("expression").Take(2 * 80).Where(face => face.Face.Id == 0)
            .Select(face => (face.Face.LookSince, face.Face.Emotion)).Distinct().ToArray();
        Assert.That(looks, Has.Length.EqualTo(3));
        Assert.That(looks.Select(look => look.LookSince), Is.EqualTo(new[] { double.NegativeInfinity, 3, 6 }));
        Assert.That(looks[0].Emotion, Is.EqualTo(looks[2].Emotion).And.Not.EqualTo(looks[1].Emotion).And.Not.Null);
    }

    [Test]
    public void A_track_on_a_face_that_is_hardly_visible_is_neither_right_nor_wrong()
    {
        Box left = new(0, 0, 50, 50), right = new(300, 0, 50, 50), elsewhere = new(0, 300, 50, 50);
        var image = SequenceEvaluator.Judge(
            1, [(new TrueFace(1, left), 1), (new TrueFace(2, right), 0.6)],
            [new("a", left), new("b", right with { X = 305 }), new("c", elsewhere)]);
        Assert.That(image.Truth.Select(face => face.Id), Is.EqualTo(new[] { 1 }));
        Assert.That(image.Tracks.Select(track => track.Id), Is.EqualTo(new[] { "a", "c" }));
    }

    private static SequenceSet Set(string name) => SequenceSet.All.First(set => set.Name == name);

    private static Mat Image(SequenceRenderer renderer, Sequence sequence, int index)
    {
        var image = new Mat();
        renderer.Draw(sequence, index, image);
        return image;
    }

    private static byte[] Pixels(SequenceRenderer renderer, Sequence sequence, int index)
    {
        using var image = Image(renderer, sequence, index);
        return image.AsSpan<Vec3b>().ToArray().SelectMany(pixel => new[] { pixel.Item0, pixel.Item1, pixel.Item2 }).ToArray();
    }

    private IEnumerable<(TrueFace Face, double Visible)> Faces(string set) =>
        from number in Enumerable.Range(0, SequenceSet.Count)
        let sequence = Set(set).Make(_photographs, number, 10)
        from index in Enumerable.Range(0, sequence.Stamps.Count)
        from face in _renderer.Faces(sequence, index)
        select face;

    // The lengths of the times in which less can be seen of a person than must be.
    private double[] HiddenTimes(Sequence sequence, int person)
    {
        var times = new List<double>();
        double? since = null;
        foreach (var (index, stamp) in sequence.Stamps.Index())
        {
            var isHidden = _renderer.Faces(sequence, index)[person].Visible < SequenceRenderer.MinVisible;
            if (!isHidden && since is { } start)
                times.Add(stamp - start);
            since = isHidden ? since ?? stamp : null;
        }

        return [.. times];
    }
}
