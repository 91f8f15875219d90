using System.Runtime.InteropServices;
using OpenCvSharp;
using OpenCvSharp.Internal.Vectors;
using rclcs;
using rclcs.Serialization;
using Vision.Imaging;
using CompressedImage = sensor_msgs.msg.CompressedImage;
using Image = sensor_msgs.msg.Image;

namespace VisionNodes;

/// <summary>Between ROS's images and pictures; without a copy of the pixels, where it doesn't say so.</summary>
public static class ImageMessages
{
    /// <summary>Looks at a message's pixels; the message must stay until the frame is cleared or set again.</summary>
    /// <exception cref="ImageException">The message does not fit together, or has an encoding that nobody knows.</exception>
    public static void Set(this ImageFrame frame, Image image) => frame.Set(
        image.Data, image.Width, image.Height, image.Step, image.Encoding, image.IsBigendian != 0);

    /// <summary>Decodes a message's picture into the frame.</summary>
    /// <param name="frame">Gets the picture.</param>
    /// <param name="image">JPEG or PNG.</param>
    /// <param name="enoughPixels">Of the longer side, see <see cref="ImageFrame.SetCompressed"/>.</param>
    /// <exception cref="ImageException">It cannot be decoded.</exception>
    public static void Set(this ImageFrame frame, CompressedImage image, int enoughPixels = ImageFrame.MaxSide) =>
        frame.SetCompressed(image.Data, image.Format, enoughPixels);

    /// <summary>Whether a message is as it is by default, as in a request that brings no image.</summary>
    public static bool IsNone(this Image image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return image is { Data.Length: 0, Width: 0, Height: 0, Encoding: "" };
    }

    /// <summary>Copies a picture into a message; its header stays as it is.</summary>
    /// <param name="message">Gets it as bgr8.</param>
    /// <param name="picture">Blue-green-red (CV_8UC3).</param>
    /// <returns>The message.</returns>
    public static Image Fill(this Image message, Mat picture)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(picture);
        (message.Width, message.Height, message.Step) = ((uint)picture.Width, (uint)picture.Height, (uint)picture.Width * 3);
        message.Encoding = "bgr8";
        picture.GetArray(out Vec3b[] pixels);
        message.Data = MemoryMarshal.AsBytes(pixels.AsSpan()).ToArray();
        return message;
    }

    /// <summary>Copies stamp and frame, keeping the destination's objects.</summary>
    public static void CopyTo(this std_msgs.msg.Header header, std_msgs.msg.Header destination)
    {
        destination.Stamp.Sec = header.Stamp.Sec;
        destination.Stamp.Nanosec = header.Stamp.Nanosec;
        destination.FrameId = header.FrameId;
    }
}

/// <summary>A picture of one's own as a message that is published again and again.</summary>
public sealed class PictureMessage : IDisposable
{
    private readonly UnmanagedMemory _memory = new();

    /// <summary>The message; fill in its header.</summary>
    public Image Message { get; } = new();

    /// <summary>Lets the message show a picture, without a copy.</summary>
    /// <param name="picture">Grey (CV_8UC1, mono8) or blue-green-red (CV_8UC3, bgr8); stays as it is until the message is published.</param>
    /// <returns><see cref="Message"/></returns>
    /// <exception cref="ArgumentException">It is of another type, or a part of a larger picture.</exception>
    public unsafe Image Show(Mat picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        if (!picture.IsContinuous())
            throw new ArgumentException("A part of a larger picture cannot be published without a copy; clone it.", nameof(picture));
        Message.Encoding = picture.Type() == MatType.CV_8UC3 ? "bgr8"
            : picture.Type() == MatType.CV_8UC1 ? "mono8"
            : throw new ArgumentException($"A picture of type {picture.Type()} cannot be published; use CV_8UC1 or CV_8UC3.", nameof(picture));
        (Message.Width, Message.Height, Message.Step) = ((uint)picture.Width, (uint)picture.Height, (uint)picture.Step());
        _memory.Set((nint)picture.DataPointer, checked((int)(picture.Step() * picture.Height)));
        Message.Data = _memory.Memory;
        return Message;
    }

    /// <summary>Shows nothing any more; the picture is its owner's.</summary>
    public void Dispose() => ((IDisposable)_memory).Dispose();
}

/// <summary>A picture of one's own as a compressed message that is published again and again.</summary>
public sealed class JpegMessage : IDisposable
{
    private readonly UnmanagedMemory _memory = new();
    private readonly VectorOfByte _data = new();
    private readonly int[] _parameters = [(int)ImwriteFlags.JpegQuality, 0];

    /// <summary>The message; fill in its header.</summary>
    public CompressedImage Message { get; } = new();

    /// <summary>Compresses a picture into memory that is used again.</summary>
    /// <param name="picture">Grey (CV_8UC1) or blue-green-red (CV_8UC3).</param>
    /// <param name="quality">From 1 to 100.</param>
    /// <returns><see cref="Message"/>, valid until the next call.</returns>
    public CompressedImage Show(Mat picture, int quality)
    {
        ArgumentNullException.ThrowIfNull(picture);
        _parameters[1] = quality;
        OpenCv.Encode(".jpg", picture, _parameters, _data);
        // As image_transport writes it.
        Message.Format = picture.Type() == MatType.CV_8UC3 ? "bgr8; jpeg compressed bgr8" : "mono8; jpeg compressed ";
        _memory.Set(_data.ElemPtr, _data.Size);
        Message.Data = _memory.Memory;
        return Message;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ((IDisposable)_memory).Dispose();
        _data.Dispose();
    }
}

/// <summary>An image as it came from the camera, raw or compressed. Whoever has it disposes of it, once.</summary>
public readonly struct CameraImage : IDisposable
{
    private readonly ReceivedMessage<Image>? _raw;
    private readonly ReceivedMessage<CompressedImage>? _compressed;

    /// <summary>Takes over a raw image.</summary>
    public CameraImage(ReceivedMessage<Image> raw) => _raw = raw;

    /// <summary>Takes over a compressed image.</summary>
    public CameraImage(ReceivedMessage<CompressedImage> compressed) => _compressed = compressed;

    /// <summary>When and in which frame it was taken; valid until Dispose.</summary>
    public std_msgs.msg.Header Header => _raw?.Message.Header ?? _compressed!.Message.Header;

    /// <summary>Gives the picture to a frame; it must be cleared before this is disposed of.</summary>
    /// <param name="frame">Gets the picture.</param>
    /// <param name="enoughPixels">Of the longer side, see <see cref="ImageFrame.SetCompressed"/>.</param>
    /// <exception cref="ImageException">The image cannot be read.</exception>
    public void Read(ImageFrame frame, int enoughPixels = ImageFrame.MaxSide)
    {
        if (_raw is not null)
            frame.Set(_raw.Message);
        else
            frame.Set(_compressed!.Message, enoughPixels);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _raw?.Dispose();
        _compressed?.Dispose();
    }
}
