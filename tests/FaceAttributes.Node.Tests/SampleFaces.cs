using face_attributes.msg;

namespace FaceAttributes.Node.Tests;

/// <summary>The faces of tests/interop/cdr/samples.cpp, value by value.</summary>
internal static class SampleFaces
{
    public static FaceAttributesArray Create() => new()
    {
        Header = { Stamp = { Sec = 1700000000, Nanosec = 123456789 }, FrameId = "CameraTop_optical_frame" },
        Height = 480,
        Width = 640,
        Faces =
        [
            new()
            {
                Id = "f1",
                Roi = { XOffset = 10, YOffset = 20, Height = 40, Width = 30 },
                DetectionScore = 0.75F,
                VelocityX = -12.5F,
                VelocityY = 2.25F,
                TrackedSeconds = 3.5F,
                Quality = 0.625F,
                Classified = true,
                Emotion =
                {
                    Label = "happy",
                    Confidence = 0.875F,
                    Distribution = Distribution(("angry", 0.0625F), ("happy", 0.875F), ("sad", 0.0625F)),
                    RawDistribution = Distribution(("angry", 0.25F), ("happy", 0.5F), ("sad", 0.25F)),
                },
                Gender = Attribute(CategoricalAttribute.UNKNOWN, 0.5F, ("female", 0.5F), ("male", 0.5F)),
                Age =
                {
                    Known = true,
                    Value = 35,
                    StandardDeviation = 5,
                    Distribution = Distribution(("30", 0.5F), ("40", 0.5F)),
                    RawDistribution = Distribution(("30", 1), ("40", 0)),
                },
            },
            new()
            {
                Id = "f22",
                Roi = { XOffset = 100, Height = 64, Width = 64 },
                DetectionScore = 1,
                Emotion = Attribute(CategoricalAttribute.UNKNOWN, 0),
                Gender = Attribute(CategoricalAttribute.UNKNOWN, 0),
            },
        ],
        Lost =
        [
            new()
            {
                Id = "f9",
                Roi = { XOffset = 500, Height = 50, Width = 50 },
                UnseenSeconds = 0.5F,
                Emotion = Attribute(CategoricalAttribute.UNKNOWN, 0),
                Gender = Attribute(CategoricalAttribute.UNKNOWN, 0),
            },
        ],
    };

    private static CategoricalAttribute Attribute(
        string label, float confidence, params (string Label, float Probability)[] distribution) => new()
        {
            Label = label,
            Confidence = confidence,
            Distribution = Distribution(distribution),
        };

    private static List<LabelProbability> Distribution(params (string Label, float Probability)[] distribution) =>
        [.. distribution.Select(p => new LabelProbability { Label = p.Label, Probability = p.Probability })];
}
