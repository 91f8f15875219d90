using System.Numerics;
using Vision.Geometry;

namespace FaceAttributes.Evaluation.Sequences;

/// <summary>A set of sequences that try one thing.</summary>
/// <param name="Name">For the command line and tables.</param>
/// <param name="Description">What happens in them.</param>
/// <param name="Create">
/// Makes one of them of its cast, by its number: who plays is drawn from a seed, what happens is written here.
/// </param>
internal sealed record SequenceSet(string Name, string Description, Func<Cast, int, Sequence> Create)
{
    /// <summary>How many sequences there are in a set.</summary>
    public const int Count = 3;

    /// <summary>All sets. Sizes are geometric means of a face's width and height.</summary>
    public static IReadOnlyList<SequenceSet> All { get; } =
    [
        new("posed", "Two to four people sway a little, faces of 20 to 200 pixels.", Posed),
        new("crossing", "Two people of 70 to 110 pixels cross twice, at 190 to 330 pixels a second; the nearer hides the other.", Crossing),
        new("occlusion", "Somebody walks behind a board, or a board passes in front: no more than 70% of a face is seen for 0.4 to 1 s.", Occlusion),
        new("shake", "The camera turns to and fro by 100 pixels, at up to 160 a second, and shakes by 6.", Shake),
        new("dropouts", "Three people walk at 40 to 80 pixels a second; every second, images of 0.2 to 0.8 s are missing.", Dropouts),
        new("dark", "The light falls to 35, 25 or 15% in the first second; noise of 3 grey levels.", Dark),
        new("blur", "Out of focus: standard deviation of 1.5, 2.5 or 3.5 pixels.", Blur),
        new("scale", "Somebody comes from 24 to 200 pixels in 8 s while another one goes from 140 to 30.", Scale),
        new("leave_enter", "Somebody leaves and comes back after 2.5 s, as another one; meanwhile a newcomer enters.", LeaveEnter),
        new("expression", "Two people sway; the expression of one changes at 3 and 6 s, that of the other at 4.5 s.", Expression),
    ];

    /// <summary>Makes a sequence. The same arguments give the same one; the rate does not change what happens.</summary>
    /// <param name="photographs">Who may play.</param>
    /// <param name="number">From 0 to less than <see cref="Count"/>.</param>
    /// <param name="rate">Images a second.</param>
    public Sequence Make(PhotographFolder photographs, int number, double rate)
    {
        var seed = Count * All.TakeWhile(set => set.Name != Name).Count() + number;
        return Create(new Cast(photographs, seed, rate), number);
    }

    private static Sequence Posed(Cast cast, int number) => cast.Scene(
        [.. Swaying(cast, number switch { 0 => [200, 48, 24], 1 => [110, 80, 48, 20], _ => [140, 64, 36, 24] })]);

    private static Sequence Crossing(Cast cast, int number)
    {
        var (reach, period, far, near) = number switch { 0 => (200, 10, 80, 95), 1 => (150, 10, 95, 110), _ => (210, 8, 70, 90) };
        var cosine = (double time) => reach * Math.Cos(2 * Math.PI * time / period);
        var people = cast.People(far, near);
        return cast.Scene(
            new Person(people[0], time => new Pose(320 - cosine(time), 205 + Step(time), far)),
            new Person(people[1], time => new Pose(320 + cosine(time), 215 + Step(time + 0.2), near))) with
        {
            Moments = [period / 4.0 - 0.7, period / 4.0 - 0.2, period / 4.0 + 0.2, period / 4.0 + 0.7],
        };
    }

    private static Sequence Occlusion(Cast cast, int number)
    {
        if (number == 1)
        {
            // The board hides the face for (its width + 0.4 × the face's) / speed.
            var sitting = cast.People(120, 50);
            return cast.Scene(
                new Person(sitting[0], time => Sway(time, 250, 200, 120)), new Person(sitting[1], time => Sway(time + 1, 540, 150, 50)),
                new Board(time => new Box((float)(-300 + 250 * (time % 4)), 40, 146, 400)));
        }

        var (width, speed) = number == 0 ? (132, 160) : (52, 170);
        int[] sides = number == 0 ? [80] : [90, 60];
        var walking = cast.People(sides);
        return cast.Scene(
        [
            .. sides.Select((side, i) => new Person(walking[i], time => new Pose(320 + ToAndFro(time + 2.2 * i, speed, 240), 140 + 130 * i + Step(time), side))),
            new Board(_ => new Box(320 - width / 2f, 0, width, 480)),
        ]);
    }

    private static Sequence Shake(Cast cast, int number)
    {
        var (shakeX, shakeY) = (number + 5.3, number + 4.1);
        return cast.Scene([.. Swaying(cast, [90, 60, 40], margin: 110)]) with
        {
            Camera = time => new Vector2(
                (float)(100 * Math.Sin(2 * Math.PI * time / 4) + 6 * Math.Sin(2 * Math.PI * shakeX * time)),
                (float)(6 * Math.Sin(2 * Math.PI * shakeY * time + 1))),
        };
    }

    private static Sequence Dropouts(Cast cast, int number)
    {
        double[] gaps = [0.2, 0.5, 0.3, 0.8, 0.4, 0.6, 0.7];
        var people = cast.People(90, 70, 60);
        var scene = cast.Scene(
            new Person(people[0], time => new Pose(110 + ToAndFro(time + number, 40, 50), 200, 90)),
            new Person(people[1], time => new Pose(330 + ToAndFro(time + 0.7, 60, 50), 220, 70)),
            new Person(people[2], time => new Pose(540 + ToAndFro(time, 80, 50), 180, 60)));
        return scene with
        {
            // The gap of each second begins in its middle.
            Stamps = [.. scene.Stamps.Where(time => time < 0.5 || (time + 0.5) % 1 >= gaps[((int)(time + 0.5) + number) % gaps.Length])],
        };
    }

    private static Sequence Dark(Cast cast, int number)
    {
        var least = number switch { 0 => 0.35, 1 => 0.25, _ => 0.15 };
        return cast.Scene([.. Swaying(cast, [110, 80, 48])]) with { Light = time => Math.Max(least, 1 - (1 - least) * time), Noise = 3 };
    }

    private static Sequence Blur(Cast cast, int number) =>
        cast.Scene([.. Swaying(cast, [130, 80, 60])]) with { Blur = 1.5 + number };

    private static Sequence Scale(Cast cast, int number)
    {
        var people = cast.People(140, 200);
        return cast.Scene(
            new Person(people[0], time => new Pose(530 - 10 * number, 160 + Step(time), 140 * Math.Pow(30 / 140.0, time / 8))),
            new Person(people[1], time => new Pose(190 + 10 * number, 220 + Step(time), 24 * Math.Pow(200 / 24.0, time / 8))));
    }

    private static Sequence LeaveEnter(Cast cast, int number)
    {
        // Who leaves is out of the image from about 2.5 to 5 s. The newcomer enters on the other side, or where the other one left.
        var people = cast.People(90, 75);
        var newcomer = number == 1 ? (Func<double, double>)(time => Math.Min(430, -60 + 130 * (time - 2.8)))
            : time => Math.Max(400, 700 - 130 * (time - 2.8));
        return cast.Scene(
            new Person(people[1], time => new Pose(newcomer(time), 170 + Step(time), 75)),
            new Person(people[0], time => new Pose(Math.Min(220, 220 - 170 * (time < 4 ? time - 1 : 6.6 - time)), 230 + Step(time), 90)) { AnotherFrom = 4 });
    }

    private static Sequence Expression(Cast cast, int number)
    {
        var (first, second) = (cast.ChangingLooks(3, 6), cast.ChangingLooks(4.5));
        return cast.Scene(
            new Person(first, time => Sway(time, 190 + 10 * number, 220, 105)), new Person(second, time => Sway(time + 2, 470, 200, 90)));
    }

    // Side by side, each as far from the next as their sizes ask for.
    private static IEnumerable<Layer> Swaying(Cast cast, int[] sides, int margin = 0)
    {
        var people = cast.People(sides);
        int[] order = [.. Enumerable.Range(0, sides.Length)];
        cast.Random.Shuffle(order);
        var gap = (Sequence.Width - 2 * margin - 2.1 * sides.Sum()) / sides.Length;
        var left = margin + gap / 2;
        foreach (var i in order)
        {
            var side = sides[i];
            var x = left + 1.05 * side;
            left += 2.1 * side + gap;
            var y = cast.Random.Next(Math.Max(100, side), Math.Max(101, 480 - (int)(1.3 * side)));
            var phase = 7 * cast.Random.NextDouble();
            yield return new Person(people[i], time => Sway(time + phase, x, y, side));
        }
    }

    private static Pose Sway(double time, double x, double y, double side) => new(
        x + 0.15 * side * Math.Sin(2 * Math.PI * time / 5.3), y + 0.08 * side * Math.Sin(2 * Math.PI * time / 3.7), side);

    // The head of somebody who walks goes up and down.
    private static double Step(double time) => 3 * Math.Sin(2 * Math.PI * 1.8 * time);

    // From -reach to reach and back at one speed, in pixels a second.
    private static double ToAndFro(double time, double speed, double reach)
    {
        var way = speed * time % (4 * reach);
        return way < 2 * reach ? way - reach : 3 * reach - way;
    }
}

/// <summary>Who plays in a sequence, drawn by lot, and its stage.</summary>
internal sealed class Cast
{
    private const double Seconds = 8;

    // A photograph is not enlarged by more, as long as there is another one.
    private const double MaxEnlargement = 1.4;

    private readonly PhotographFolder _photographs;
    private readonly int _seed;
    private readonly double _rate;
    private readonly List<FacePhotograph> _left = [];

    /// <summary>Draws lots.</summary>
    /// <param name="photographs">At least one face and one background.</param>
    /// <param name="seed">The same seed gives the same cast.</param>
    /// <param name="rate">Images a second.</param>
    public Cast(PhotographFolder photographs, int seed, double rate) =>
        (_photographs, _seed, _rate, Random) = (photographs, seed, rate, new Random(seed));

    /// <summary>For all that is left to chance.</summary>
    public Random Random { get; }

    /// <summary>The scene, for eight seconds.</summary>
    /// <param name="layers">From the farthest to the nearest.</param>
    public Sequence Scene(params IReadOnlyList<Layer> layers) => new()
    {
        Background = _photographs.Backgrounds[Random.Next(_photographs.Backgrounds.Count)],
        Layers = layers,
        Stamps = [.. Enumerable.Range(0, (int)Math.Round(Seconds * _rate)).Select(image => image / _rate)],
        Seed = _seed,
    };

    /// <summary>People with faces of these sizes, all different ones as long as there are enough.</summary>
    public IReadOnlyList<(double From, FacePhotograph Photograph)>[] People(params IReadOnlyList<int> sides)
    {
        var people = new IReadOnlyList<(double, FacePhotograph)>[sides.Count];
        foreach (var i in Enumerable.Range(0, sides.Count).OrderByDescending(i => sides[i]))
        {
            if (_left.Count == 0)
                Refill();
            people[i] = [(0, Take(_left.Find(face => MaxEnlargement * face.Side >= sides[i]) ?? _left.MaxBy(face => face.Side)!))];
        }

        return people;
    }

    /// <summary>
    /// A person whose expression changes at some times, to and fro between two photographs; another person's photograph stands in
    /// where there is none of this one with another expression.
    /// </summary>
    public IReadOnlyList<(double From, FacePhotograph Photograph)> ChangingLooks(params IReadOnlyList<double> times)
    {
        if (!_left.Any(face => face.Emotion is not null))
            Refill();
        var first = Take(_left.First(face => face.Emotion is not null));
        FacePhotograph[] others = [.. _left.Concat(_photographs.Faces).Where(face => face.Emotion is not null && face.Emotion != first.Emotion)];
        var second = Take(others.FirstOrDefault(face => face.Person == first.Person) ?? others[0]);
        return [(0, first), .. times.Select((time, i) => (time, i % 2 == 0 ? second : first))];
    }

    private void Refill()
    {
        FacePhotograph[] all = [.. _photographs.Faces];
        Random.Shuffle(all);
        _left.Clear();
        _left.AddRange(all);
    }

    private FacePhotograph Take(FacePhotograph face)
    {
        _left.RemoveAll(other => other.Person == face.Person);
        return face;
    }
}
