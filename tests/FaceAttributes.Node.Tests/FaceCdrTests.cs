using face_attributes.msg;
using rclcs.Serialization;
using rclcs.Tests.Serialization;

namespace FaceAttributes.Node.Tests;

/// <summary>
/// Our message as CDR against that of Fast CDR 1.0.26: bytes recorded by <c>cdr_peer write little faces</c> always, the
/// program itself where it is built. When a message of msg/ changes, so do tests/interop/idl/face_attributes.idl,
/// tests/interop/cdr/samples.cpp, SampleFaces.cs and faces.cdr.
/// </summary>
public class FaceCdrTests
{
    private static readonly byte[] Recorded =
        File.ReadAllBytes(Path.Combine(TestContext.CurrentContext.TestDirectory, "faces.cdr"));

    [Test]
    public void Faces_become_the_bytes_that_Fast_CDR_wrote() =>
        Assert.That(MessageSerializer.Serialize(SampleFaces.Create()), Is.EqualTo(Recorded));

    [Test]
    public void Bytes_that_Fast_CDR_wrote_become_the_faces() => Assert.That(
        MessageText.Of(MessageSerializer.Deserialize<FaceAttributesArray>(Recorded)),
        Is.EqualTo(MessageText.Of(SampleFaces.Create())));

    [Test]
    public void The_recorded_bytes_are_still_what_Fast_CDR_writes_and_it_reads_ours()
    {
        Assert.That(CdrPeer.Run([], "write", "little", "faces"), Is.EqualTo(Recorded));
        Assert.That(CdrPeer.Run(Recorded, "echo", "faces"), Is.EqualTo(Recorded));
    }

    [Test]
    public void Reading_faces_again_allocates_nothing()
    {
        var message = new FaceAttributesArray();
        Read();
        Read();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Read();
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);

        void Read()
        {
            var reader = new CdrReader(Recorded);
            message.Deserialize(ref reader);
        }
    }
}
