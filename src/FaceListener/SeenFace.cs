using System.Globalization;
using face_attributes.msg;
using Vision;

namespace FaceListener;

/// <summary>What is shown of a face: a copy, since a message is filled anew when the next one comes.</summary>
internal readonly struct SeenFace(face_attributes.msg.FaceAttributes face)
{
    private readonly string _id = face.Id;
    private readonly (uint Width, uint Height, uint X, uint Y) _box = (face.Roi.Width, face.Roi.Height, face.Roi.XOffset, face.Roi.YOffset);
    private readonly Estimate _emotion = new(face.Emotion);
    private readonly Estimate _gender = new(face.Gender);
    private readonly Number _age = new(face.Age);

    /// <summary>A line of the report, without its end.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"  {ForeignText.Show(_id),-5} {_box.Width,4}x{_box.Height,-4} at {_box.X,4},{_box.Y,-4}  {_emotion,-14} {_gender,-13} {_age,-8}");

    /// <summary>What a network says of the face in a word.</summary>
    private readonly struct Estimate(CategoricalAttribute attribute)
    {
        private readonly string? _label = attribute.Distribution.Count > 0 ? attribute.Label : null;
        private readonly float _confidence = attribute.Confidence;

        /// <summary>A dash without a network.</summary>
        public override string ToString() => _label is null
            ? "-"
            : string.Create(CultureInfo.InvariantCulture, $"{ForeignText.Show(_label)} {_confidence * 100:F0}%");
    }

    /// <summary>What a network says of the face in a number.</summary>
    private readonly struct Number(NumericAttribute attribute)
    {
        private readonly bool _known = attribute.Known;
        private readonly float _value = attribute.Value;
        private readonly float _standardDeviation = attribute.StandardDeviation;

        /// <summary>A dash where it is not known.</summary>
        public override string ToString() => _known
            ? string.Create(CultureInfo.InvariantCulture, $"~{_value:F0} ±{_standardDeviation:F0}")
            : "-";
    }
}
