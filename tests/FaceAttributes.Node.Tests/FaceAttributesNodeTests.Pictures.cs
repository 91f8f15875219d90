using face_attributes.srv;
using FaceAttributes.Classification;
using FaceAttributes.Detection;
using FaceAttributes.Detection.Onnx;
using FaceAttributes.Explanation;
using hri_msgs.msg;
using OpenCvSharp;
using rclcs;
using rclcs.Tests.Support;
using Vision.Imaging;
using VisionNodes;
using CompressedImage = sensor_msgs.msg.CompressedImage;
using Image = sensor_msgs.msg.Image;

namespace FaceAttributes.Node.Tests;

/// <summary>The pictures that leave the node: explanations, and what privacy leaves of faces.</summary>
public partial class FaceAttributesNodeTests
{
    [Test]
    public void An_explanation_is_that_of_the_explainer_and_its_graph_is_loaded_only_while_somebody_looks()
    {
        Assert.That(_pair.Node.Parameters.SetAtomically([
            Parameter.From("models.names", (string[])["face"]), Parameter.From("explanation.rate", 100.0), Parameter.From("models.interval_seconds", 0.0),
        ]).Successful);
        using var photograph = Photograph();
        Publish(Encode(photograph, "bgr8", padding: 0, sec: 1));
        var first = Next();
        Assert.That(_faceAttributes.IsExplanationLoaded, Is.False);
        Mat? shown = null;
        var subscription = _pair.Neighbour.CreateSubscription<Image>("/face_attributes/explanation", image => shown ??= Decode(image), Reliable);
        Assert.That(subscription.WaitForPublishers(1, Within.Time), Is.True);
        var sec = 2;
        while (shown is null)
            Publish(Encode(photograph, "bgr8", padding: 0, sec: sec++)); // The graph is loaded beside the images.
        Assert.That(_faceAttributes.IsExplanationLoaded);

        // The face stands still, so that its box, which the tracker smooths, is that of the detector.
        using var frame = new ImageFrame();
        frame.Set(photograph);
        using var explainer = new FaceExplainer(AttributeManifest.Load(Path.Combine(AppContext.BaseDirectory, "models", "face.yaml")));
        using var detector = new BrighteningDetector(new OnnxFaceDetector(
            DetectorManifest.Load(Path.Combine(AppContext.BaseDirectory, "models", "ultraface.yaml")), new OnnxFaceDetectorOptions()));
        List<FaceDetection> detections = [];
        detector.Detect(frame, detections);
        using var expected = new Mat();
        ExplanationPicture.Draw(explainer, frame, detections.MaxBy(face => face.Score).Box, new ExplainedAnswer("f1", "emotion", "happy", 1), hidesFace: false, expected);
        var pictures = new Rect(0, ExplanationPicture.Line, ExplanationPicture.Size.Width, ExplanationPicture.Side);
        using var a = new Mat(shown, pictures);
        using var b = new Mat(expected, pictures);
        Assert.That(Cv2.Norm(a, b, NormTypes.L1) / (a.Total() * 3), Is.LessThan(1), "mean difference of pixels");
        Assert.That(first.Ids, Is.EqualTo("f1"));

        subscription.Dispose();
        _pair.SpinUntil(() => !_faceAttributes.IsExplanationLoaded);
        shown.Dispose();
    }

    [Test]
    public void Explanations_come_no_faster_than_asked_for_and_of_the_face_that_is_chosen()
    {
        Assert.That(_pair.Node.Parameters.SetAtomically([
            Parameter.From("models.names", (string[])["face"]), Parameter.From("explanation.rate", 0.01),
        ]).Successful);
        var shown = 0;
        using var subscription = _pair.Neighbour.CreateSubscription<Image>("/face_attributes/explanation", _ => shown++, Reliable);
        Assert.That(subscription.WaitForPublishers(1, Within.Time), Is.True);
        using var photograph = Photograph();
        var sec = 1;
        while (shown == 0)
            Publish(Encode(photograph, "bgr8", padding: 0, sec: sec++));
        for (var i = 0; i < 5; i++)
            Publish(Encode(photograph, "bgr8", padding: 0, sec: sec++));
        Assert.That(shown, Is.EqualTo(1));
        Assert.That(_pair.Node.Parameters.SetAtomically([Parameter.From("explanation.rate", 100.0), Parameter.From("explanation.face", "f99")]).Successful);
        for (var i = 0; i < 5; i++)
            Publish(Encode(photograph, "bgr8", padding: 0, sec: sec++));
        Assert.That(shown, Is.EqualTo(1));
    }

    [Test]
    public void Explain_answers_for_one_image()
    {
        Assert.That(_pair.Node.Parameters.Set("models.names", (string[])["gender", "face"]).Successful);
        using var client = _pair.Neighbour.CreateClient<Explain.Request, Explain.Response>("/face_attributes/explain");
        using var photograph = Photograph();
        var answer = _pair.Call(client, new Explain.Request { Image = Encode(photograph, "bgr8", padding: 0, sec: 1) });
        Assert.That((answer.Success, answer.Face, answer.Attribute, answer.Label), Is.EqualTo((true, "f1", "emotion", "happy")), answer.Message);
        Assert.That((answer.Explanation.Width, answer.Explanation.Height), Is.EqualTo(((uint)ExplanationPicture.Size.Width, (uint)ExplanationPicture.Size.Height)));
        var other = _pair.Call(client, new Explain.Request { Image = Encode(photograph, "bgr8", padding: 0, sec: 1), Attribute = "gender", Label = "male" });
        Assert.That(other.Label, Is.EqualTo("male"));
        Assert.That(other.Probability, Is.GreaterThan(0).And.LessThan(0.5f));
        var refusal = _pair.Call(client, new Explain.Request { Image = Encode(photograph, "bgr8", padding: 0, sec: 1), Face = "f7" });
        Assert.That((refusal.Success, refusal.Message), Is.EqualTo((false, "There is no face 'f7' in the image, but 1 others; the first from the left is f1.")));
        Assert.That(_pair.Node.Parameters.Set("quality.min", 1.0).Successful);
        using var dark = new Mat();
        photograph.ConvertTo(dark, photograph.Type(), 0.3);
        refusal = _pair.Call(client, new Explain.Request { Image = Encode(dark, "bgr8", padding: 0, sec: 1) });
        Assert.That(refusal.Success, Is.False);
        Assert.That(refusal.Message, Does.StartWith("No network has looked at face 'f1'"));
    }

    [Test]
    public void A_face_that_the_detector_doubts_is_hidden_as_well()
    {
        Assert.That(_pair.Node.Parameters.SetAtomically([
            Parameter.From("privacy", "blur_all"), Parameter.From("detector", "blazeface"), Parameter.From("blazeface.score_threshold", 0.98),
            Parameter.From("models.names", Array.Empty<string>()),
        ]).Successful);
        using var photograph = Photograph();
        Mat? annotated = null;
        using var subscription = _pair.Neighbour.CreateSubscription<Image>("/face_attributes/annotated", image => annotated ??= Decode(image), Reliable);
        Assert.That(subscription.WaitForPublishers(1, Within.Time));
        for (var sec = 1; annotated is null; sec++)
            Publish(Encode(photograph, "bgr8", padding: 0, sec));
        using var client = _pair.Neighbour.CreateClient<Classify.Request, Classify.Response>("/face_attributes/classify");
        var answer = _pair.Call(client, new Classify.Request { Image = Encode(photograph, "bgr8", padding: 0, sec: 1) });
        Assert.That(answer.Faces.Faces, Is.Empty);
        using var classified = Decode(answer.Annotated);
        foreach (var picture in (Mat[])[annotated, classified])
        {
            using var part = new Mat(picture, new Rect(173, 65, 100, 100));
            using var original = new Mat(photograph, new Rect(173, 65, 100, 100));
            Assert.That(Resemblance(part, original), Is.LessThan(0.2));
        }

        annotated.Dispose();
    }

    [TestCase("blur_all")]
    [TestCase("blur_unknown")]
    public void No_picture_of_the_node_shows_a_face_that_privacy_hides(string mode)
    {
        Assert.That(_pair.Node.Parameters.SetAtomically([
            Parameter.From("privacy", mode), Parameter.From("hri.enabled", true), Parameter.From("detector", "blazeface"),
            Parameter.From("models.names", (string[])["face"]), Parameter.From("explanation.rate", 100.0),
        ]).Successful);
        using var photograph = Photograph();
        var face = new Rect(173, 65, 100, 100); // Well inside of Eileen Collins' face.
        Mat? annotated = null, compressed = null, view = null, explanation = null, cropped = null, aligned = null;
        using var a = _pair.Neighbour.CreateSubscription<Image>("/face_attributes/annotated", image => annotated ??= Decode(image), Reliable);
        using var b = _pair.Neighbour.CreateSubscription<CompressedImage>("/face_attributes/annotated/compressed", image => compressed ??= Decode(image), Reliable);
        using var c = _pair.Neighbour.CreateSubscription<CompressedImage>("/face_attributes/view/compressed", image => view ??= Decode(image), Reliable);
        using var d = _pair.Neighbour.CreateSubscription<Image>("/face_attributes/explanation", image => explanation ??= Decode(image), Reliable);
        Assert.That(a.WaitForPublishers(1, Within.Time) && b.WaitForPublishers(1, Within.Time) && c.WaitForPublishers(1, Within.Time) && d.WaitForPublishers(1, Within.Time));
        var id = "";
        using var tracked = _pair.Neighbour.CreateSubscription<IdsList>("/humans/faces/tracked", message => id = message.Ids.FirstOrDefault(id), Reliable);
        Assert.That(tracked.WaitForPublishers(1, Within.Time));
        Publish(Encode(photograph, "bgr8", padding: 0, sec: 1));
        _pair.SpinUntil(() => id.Length > 0);
        using var e = _pair.Neighbour.CreateSubscription<Image>($"/humans/faces/{id}/cropped", image => cropped ??= Decode(image), Reliable);
        using var f = _pair.Neighbour.CreateSubscription<Image>($"/humans/faces/{id}/aligned", image => aligned ??= Decode(image), Reliable);
        for (var sec = 1; annotated is null || compressed is null || view is null || explanation is null || cropped is null || aligned is null; sec++)
            Publish(Encode(photograph, "bgr8", padding: 0, sec));

        using var client = _pair.Neighbour.CreateClient<Classify.Request, Classify.Response>("/face_attributes/classify");
        using var classified = Decode(_pair.Call(client, new Classify.Request { Image = Encode(photograph, "bgr8", padding: 0, sec: 1) }).Annotated);
        Assert.Multiple(() =>
        {
            foreach (var picture in (Mat[])[annotated, compressed, view, classified])
            {
                using var part = new Mat(picture, face);
                using var original = new Mat(photograph, face);
                Assert.That(Resemblance(part, original), Is.LessThan(0.2));
                Assert.That(Resemblance(original, original), Is.EqualTo(1).Within(1e-6));
            }

            // A mark has edges, too, but few.
            Assert.That(Detail(cropped), Is.LessThan(0.5 * Detail(new Mat(photograph, face))));
            Assert.That(Detail(aligned), Is.LessThan(0.5 * Detail(new Mat(photograph, face))));
            using var gradients = new Mat(explanation, new Rect(ExplanationPicture.Side, ExplanationPicture.Line, 2 * ExplanationPicture.Side, ExplanationPicture.Side));
            Assert.That(Detail(gradients), Is.Zero, "the gradients show the face");
        });
        Array.ForEach([annotated, compressed, view, explanation, cropped, aligned], picture => picture.Dispose());
    }

    [Test]
    public void Without_images_none_leaves_the_node_but_the_faces_are_told()
    {
        Assert.That(_pair.Node.Parameters.Set("privacy", "no_images").Successful);
        var pictures = 0;
        using var a = _pair.Neighbour.CreateSubscription<Image>("/face_attributes/annotated", _ => pictures++, Reliable);
        using var b = _pair.Neighbour.CreateSubscription<CompressedImage>("/face_attributes/view/compressed", _ => pictures++, Reliable);
        Assert.That(a.WaitForPublishers(1, Within.Time) && b.WaitForPublishers(1, Within.Time));
        using var photograph = Photograph();
        Publish(Encode(photograph, "bgr8", padding: 0, sec: 1));
        Assert.That(Next().Faces, Is.EqualTo(1));
        using var client = _pair.Neighbour.CreateClient<Classify.Request, Classify.Response>("/face_attributes/classify");
        var answer = _pair.Call(client, new Classify.Request { Image = Encode(photograph, "bgr8", padding: 0, sec: 1) });
        Assert.That((answer.Faces.Faces.Count, answer.Annotated.Data.Length), Is.EqualTo((1, 0)));

        // What comes once pictures are allowed again is the first one.
        Assert.That(_pair.Node.Parameters.Set("privacy", "none").Successful);
        Publish(Encode(photograph, "bgr8", padding: 0, sec: 2));
        _pair.SpinUntil(() => pictures == 2);
    }

    private static Mat Decode(Image image)
    {
        using var frame = new ImageFrame();
        frame.Set(image);
        return frame.Bgr.Clone();
    }

    private static Mat Decode(CompressedImage image)
    {
        using var frame = new ImageFrame();
        frame.Set(image);
        return frame.Bgr.Clone();
    }

    /// <summary>How much there is to see: the mean strength of edges.</summary>
    private static double Detail(Mat picture)
    {
        using var edges = Edges(picture);
        return Cv2.Norm(edges, NormTypes.L1) / edges.Total();
    }

    /// <summary>Correlation of the edges of two pictures of one size, from -1 to 1.</summary>
    private static double Resemblance(Mat picture, Mat other)
    {
        using var a = Edges(picture);
        using var b = Edges(other);
        return a.Dot(b) / Math.Max(1e-9, Cv2.Norm(a) * Cv2.Norm(b));
    }

    private static Mat Edges(Mat picture)
    {
        using var gray = new Mat();
        var edges = new Mat();
        Cv2.CvtColor(picture, gray, ColorConversionCodes.BGR2GRAY);
        Cv2.Laplacian(gray, edges, MatType.CV_32F);
        return edges;
    }
}
