namespace Vision.Tests;

[TestFixture]
public sealed class AllocationsTests
{
    private byte[] _kept = [];

    [Test]
    public void What_each_call_allocates_is_counted() =>
        Assert.That(Allocations.Of(() => _kept = new byte[1000]), Is.InRange(1000, 1100));

    [Test]
    public void What_every_tenth_call_allocates_is_counted()
    {
        var call = 0;
        Assert.That(Allocations.Of(() => _kept = call++ % 10 == 0 ? new byte[1000] : _kept), Is.InRange(100, 110));
    }

    [Test]
    public void What_allocates_late_and_then_no_more_is_warm()
    {
        var call = 0;
        Assert.That(Allocations.Of(() => _kept = call++ < 30 ? new byte[1000] : _kept), Is.Zero);
    }
}
