using face_attributes.srv;
using FaceAttributes.Drawing;
using FaceAttributes.Node.Outputs;
using OpenCvSharp;
using rclcs;
using Vision.Imaging;
using VisionNodes;

namespace FaceAttributes.Node.Services;

/// <summary><c>~/classify</c>: the faces of one image, for a behaviour that asks once. The camera's faces don't feel it.</summary>
internal sealed class ClassifyService : IDisposable
{
    private readonly Func<FacePipeline> _create;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly IDisposable _service;

    /// <summary>Begins to serve.</summary>
    /// <param name="node">Outlives this; serves while it spins.</param>
    /// <param name="create">
    /// Makes a pipeline with the parameters as they are now, on the thread that spins; a new one for each call, so that no
    /// face is known from another one.
    /// </param>
    /// <exception cref="RuntimeError">The middleware refuses.</exception>
    public ClassifyService(INode node, Func<FacePipeline> create)
    {
        _create = create;
        _service = node.CreateService<Classify.Request, Classify.Response>("~/classify", Classify);
    }

    /// <inheritdoc/>
    public void Dispose() => _service.Dispose();

    private async Task<Classify.Response> Classify(Classify.Request request, CancellationToken cancellationToken)
    {
        try
        {
            using var pipeline = _create();
            await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                return await Task.Run(() => Look(pipeline, request.Image), cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                _turn.Release();
            }
        }
        catch (Exception e) when (e is not (OutOfMemoryException or OperationCanceledException))
        {
            return new Classify.Response { Message = VisionProgram.Describe(e) ?? e.Message };
        }
    }

    private static Classify.Response Look(FacePipeline pipeline, sensor_msgs.msg.Image image)
    {
        // Every face counts, however long it takes.
        pipeline.ClassificationOptions = pipeline.ClassificationOptions with { Budget = null, IntervalSeconds = 0 };
        pipeline.TrackerOptions = pipeline.TrackerOptions with { ConfirmHits = 1 };
        using var frame = new ImageFrame();
        frame.Set(image);
        var tracks = pipeline.Process(frame, image.Header.Stamp.ToNanoseconds() / 1e9);
        using var picture = new Mat();
        new Annotator().Draw(frame, tracks, picture);
        var response = new Classify.Response
        {
            Success = true,
            Faces = new FacesOutput().Fill(tracks, [], image.Header, frame.Width, frame.Height),
            Annotated =
            {
                Width = (uint)picture.Width,
                Height = (uint)picture.Height,
                Step = (uint)picture.Step(),
                Encoding = "bgr8",
                Data = Bytes(picture),
            },
        };
        image.Header.CopyTo(response.Annotated.Header);
        return response;
    }

    private static byte[] Bytes(Mat picture)
    {
        picture.GetArray(out Vec3b[] pixels);
        return System.Runtime.InteropServices.MemoryMarshal.AsBytes(pixels.AsSpan()).ToArray();
    }
}
