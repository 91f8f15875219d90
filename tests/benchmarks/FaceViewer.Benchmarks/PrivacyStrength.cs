using FaceAttributes.Classification;
using FaceAttributes.Detection;
using FaceAttributes.Detection.Haar;
using FaceAttributes.Detection.Onnx;
using FaceAttributes.Privacy;
using FaceAttributes.Smoothing;
using FaceAttributes.Tracking;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using OpenCvSharp;
using Vision.Geometry;
using Vision.Imaging;

namespace FaceViewer.Benchmarks;

/// <summary>
/// What a face detector and an embedding still make of faces that are hidden. The embedding is a network that makes a vector of a
/// face, such as fr_feature.onnx of the npm package faceplugin-face-recognition-js, which does not come with the project.
/// </summary>
internal static class PrivacyStrength
{
    public static int Run(string[] paths)
    {
        if (paths is not [var embedding, _, ..])
        {
            Console.Error.WriteLine("Name an embedding (ONNX) and photographs of faces.");
            return 2;
        }

        using var session = new InferenceSession(embedding);
        List<(string Name, Mat Picture, Box Face)> people = [];
        using var marker = Detector("ultraface");
        foreach (var path in paths.Skip(1))
        {
            var picture = PictureFile.Read(path, ImreadModes.Color);
            foreach (var box in Find(marker, picture))
                people.Add((Path.GetFileName(path), picture, box));
        }

        Console.WriteLine($"{people.Count} faces");
        float[][] originals = [.. people.Select(person => Embed(session, person.Picture, person.Face))];
        var strangers = Pairs(originals, originals, sameOnly: false);
        var threshold = strangers.Order().ElementAt(strangers.Count * 99 / 100);
        Console.WriteLine(FormattableString.Invariant($"similarity of different faces: {strangers.Average():F3} in the mean, 99% below {threshold:F3}"));
        Console.WriteLine("| | haar finds | ultraface finds | blazeface finds | similarity to itself, mean | most | taken for itself | first among all |\n|---|---:|---:|---:|---:|---:|---:|---:|");
        Report("as it is, moved by 3%", (picture, _) => picture.Clone(), shift: 0.03f);
        Report("`blur_all`", (picture, tracks) => Hide(picture, tracks, marksEmotions: false), shift: 0);
        Report("`blur_unknown`, a mark", (picture, tracks) => Hide(picture, tracks, marksEmotions: true), shift: 0);
        return 0;

        void Report(string name, Func<Mat, Track[], Mat> change, float shift)
        {
            var hidden = people.GroupBy(person => person.Picture).ToDictionary(
                group => group.Key, group => change(group.Key, [.. group.Select(person => Face(person.Face))]));
            var found = new List<string>();
            foreach (var detectorName in (string[])["haar", "ultraface", "blazeface"])
            {
                using var detector = Detector(detectorName);
                var count = people.GroupBy(person => person.Picture).Sum(group =>
                {
                    var boxes = Find(detector, hidden[group.Key]);
                    return group.Count(person => boxes.Exists(box => box.IntersectionOverUnion(person.Face) > 0.3f));
                });
                found.Add(FormattableString.Invariant($"{100.0 * count / people.Count:F1}%"));
            }

            float[][] vectors = [.. people.Select(person => Embed(session, hidden[person.Picture],
                person.Face with { X = person.Face.X + shift * person.Face.Width, Y = person.Face.Y + shift * person.Face.Height }))];
            double[] same = [.. originals.Zip(vectors, Cosine)];
            var first = vectors.Select((vector, i) => originals.Select((other, j) => (Similarity: Cosine(vector, other), j)).MaxBy(pair => pair.Similarity).j == i ? 1 : 0).Sum();
            Console.WriteLine(FormattableString.Invariant(
                $"| {name} | {string.Join(" | ", found)} | {same.Average():F3} | {same.Max():F3} | {100.0 * same.Count(value => value > threshold) / same.Length:F1}% | {100.0 * first / people.Count:F1}% |"));
        }
    }

    private static Mat Hide(Mat picture, Track[] tracks, bool marksEmotions)
    {
        var hidden = picture.Clone();
        using var hider = new FaceHider();
        hider.Hide(hidden, tracks, [], marksEmotions);
        return hidden;
    }

    private static List<double> Pairs(float[][] a, float[][] b, bool sameOnly)
    {
        List<double> pairs = [];
        for (var i = 0; i < a.Length; i++)
        {
            for (var j = 0; j < b.Length; j++)
            {
                if (i == j == sameOnly)
                    pairs.Add(Cosine(a[i], b[j]));
            }
        }

        return pairs;
    }

    private static double Cosine(float[] a, float[] b)
    {
        double product = 0, first = 0, second = 0;
        for (var i = 0; i < a.Length; i++)
        {
            product += a[i] * b[i];
            first += a[i] * a[i];
            second += b[i] * b[i];
        }

        return product / Math.Sqrt(first * second);
    }

    private static float[] Embed(InferenceSession session, Mat picture, Box face)
    {
        var (name, metadata) = session.InputMetadata.First();
        var (height, width) = (metadata.Dimensions[2], metadata.Dimensions[3]);
        var square = FaceCrop.Square(face, 0.1);
        using var cropped = new Mat();
        using var move = new Mat(2, 3, MatType.CV_64FC1, Scalar.Black);
        move.Set(0, 0, width / square.Width);
        move.Set(1, 1, height / square.Height);
        move.Set(0, 2, -square.X * width / square.Width);
        move.Set(1, 2, -square.Y * height / square.Height);
        Cv2.WarpAffine(picture, cropped, move, new Size(width, height), InterpolationFlags.Linear, BorderTypes.Replicate);
        var input = new DenseTensor<float>([1, 3, height, width]);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var pixel = cropped.Get<Vec3b>(y, x);
                (input[0, 0, y, x], input[0, 1, y, x], input[0, 2, y, x]) = (Scale(pixel.Item2), Scale(pixel.Item1), Scale(pixel.Item0));
            }
        }

        using var results = session.Run([NamedOnnxValue.CreateFromTensor(name, input)]);
        return [.. results[0].AsEnumerable<float>()];

        static float Scale(byte value) => (value - 127.5f) / 128;
    }

    private static IFaceDetector Detector(string name) => name == "haar"
        ? new HaarCascadeDetector(new HaarCascadeOptions())
        : new OnnxFaceDetector(DetectorManifest.Load(Path.Combine(AppContext.BaseDirectory, "models", name + ".yaml")), new OnnxFaceDetectorOptions());

    private static List<Box> Find(IFaceDetector detector, Mat picture)
    {
        using var frame = new ImageFrame();
        frame.Set(picture);
        List<FaceDetection> faces = [];
        detector.Detect(frame, faces);
        return [.. faces.Select(face => face.Box)];
    }

    private static Track Face(Box box)
    {
        var head = new ModelHead { Attribute = "emotion", OutputName = "emotion", Labels = ["happy", "other"] };
        var attribute = new SmoothedAttribute(head);
        attribute.Smoothed.Set([1, 0]);
        return new Track("f1", new FaceDetection(box, 1), stamp: 0, attribute);
    }
}
