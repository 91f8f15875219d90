using FaceAttributes.Classification;
using OpenCvSharp;

namespace FaceAttributes;

/// <summary>One face in a picture and what the networks say about it.</summary>
/// <remarks>The pipeline reuses its faces from frame to frame: copy what must last.</remarks>
public sealed class Face
{
    private readonly AttributeDistribution[] _attributes;

    /// <summary>Creates a face.</summary>
    /// <param name="id">See <see cref="Id"/>.</param>
    /// <param name="box">See <see cref="Box"/>.</param>
    /// <param name="detectionScore">See <see cref="DetectionScore"/>.</param>
    /// <param name="attributes">See <see cref="Attributes"/>; kept, not copied.</param>
    public Face(string id, Rect box, float detectionScore, params AttributeDistribution[] attributes)
    {
        (Id, Box, DetectionScore, _attributes) = (id, box, detectionScore, attributes);
    }

    /// <summary>The same from frame to frame while the face is followed; starts with a letter.</summary>
    public string Id { get; internal set; }

    /// <summary>The face in pixels, inside the picture.</summary>
    public Rect Box { get; internal set; }

    /// <summary>How sure the detector is. From 0 to 1; comparable within one detector only.</summary>
    public float DetectionScore { get; internal set; }

    /// <summary>One distribution for each head of each classifier of the pipeline, in their order.</summary>
    public IReadOnlyList<AttributeDistribution> Attributes => _attributes;

    /// <summary>The distribution of an attribute, or null where no classifier estimates it.</summary>
    /// <param name="attribute">Such as "emotion".</param>
    public AttributeDistribution? Find(string attribute)
    {
        foreach (var distribution in _attributes)
        {
            if (distribution.Attribute == attribute)
                return distribution;
        }

        return null;
    }
}
