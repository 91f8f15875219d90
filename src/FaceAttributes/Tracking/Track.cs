using System.Numerics;
using FaceAttributes.Classification;
using FaceAttributes.Detection;
using Vision.Geometry;

namespace FaceAttributes.Tracking;

/// <summary>Whether the face of a track is in the latest image.</summary>
public enum TrackState
{
    /// <summary>It is.</summary>
    Tracked,

    /// <summary>It is not, but the track is kept: the face may be found again.</summary>
    Lost,
}

/// <summary>
/// A face that is followed from image to image: where it is, and what the networks say about it. One object from its first
/// detection until it is gone; the tracker's and the pipeline's to change, between images.
/// </summary>
public sealed class Track
{
    /// <summary>Starts a track at its first detection.</summary>
    /// <param name="id">See <see cref="Id"/>.</param>
    /// <param name="detection">Where the face is.</param>
    /// <param name="stamp">The image's time in seconds.</param>
    /// <param name="attributes">See <see cref="Attributes"/>; none until a network has run.</param>
    public Track(string id, in FaceDetection detection, double stamp, params IReadOnlyList<AttributeDistribution> attributes)
    {
        ArgumentNullException.ThrowIfNull(id);
        (Id, Box, DetectionScore, Landmarks) = (id, detection.Box, detection.Score, detection.Landmarks);
        (FirstSeen, LastSeen) = (stamp, stamp);
        Attributes = attributes;
    }

    /// <summary>The same as long as the face is followed, never used again for another one; starts with a letter.</summary>
    public string Id { get; }

    /// <summary>Where the face was last seen, in pixels of the image; may leave it.</summary>
    public Box Box { get; internal set; }

    /// <summary>Of the box's centre, in pixels a second; smoothed over about 0.2 s. Zero at first.</summary>
    public Vector2 Velocity { get; internal set; }

    /// <summary>Whether the face is in the latest image.</summary>
    public TrackState State { get; internal set; }

    /// <summary>When the face was first seen: the image's stamp in seconds.</summary>
    public double FirstSeen { get; }

    /// <summary>When the face was last seen: the image's stamp in seconds.</summary>
    public double LastSeen { get; internal set; }

    /// <summary>Seconds from the first time that the face was seen to the last; 0 or more.</summary>
    public double Age => LastSeen - FirstSeen;

    /// <summary>How sure the detector was. From 0 to 1; comparable within one detector only.</summary>
    public float DetectionScore { get; internal set; }

    /// <summary>Points of the face; null from a detector that finds none.</summary>
    public FaceLandmarks? Landmarks { get; internal set; }

    /// <summary>One distribution for each head of each classifier of the pipeline, in their order.</summary>
    public IReadOnlyList<AttributeDistribution> Attributes { get; internal set; }

    /// <summary>The distribution of an attribute, or null where no classifier estimates it.</summary>
    /// <param name="attribute">Such as "emotion".</param>
    public AttributeDistribution? Find(string attribute)
    {
        for (var i = 0; i < Attributes.Count; i++)
        {
            if (Attributes[i].Attribute == attribute)
                return Attributes[i];
        }

        return null;
    }
}
