using rclcs;

namespace VisionNodes.Tests;

public class LiveParametersTests : NodeFixture
{
    [Test]
    public void A_part_prepares_from_the_new_values_and_applies_what_it_prepared()
    {
        using var parameters = new LiveParameters(Node.Parameters);
        var size = parameters.Add("part.size", 3L, "A size");
        var other = parameters.Add("other", "", "Another part's");
        var (prepared, applied, before) = (new List<Thing>(), new List<IDisposable?>(), new List<long>());
        parameters.OnChange(["part."], () =>
        {
            prepared.Add(new Thing(size.Value));
            return prepared[^1];
        }, thing =>
        {
            applied.Add(thing);
            before.Add(size.Value);
        });

        Assert.That(Node.Parameters.Set("part.size", 7L).Successful);
        Assert.That(Node.Parameters.Set("other", "text").Successful);

        Assert.That(prepared.Select(thing => thing.Size), Is.EqualTo([7L]));
        Assert.That(applied, Is.EqualTo(prepared));
        Assert.That(before, Is.EqualTo([7L]), "The value is set by then");
        Assert.That((size.Value, other.Value), Is.EqualTo((7L, "text")));
        Assert.That(Node.Parameters.Describe("part.size").Description, Is.EqualTo("A size"));
    }

    [Test]
    public void What_stays_as_it_is_is_not_made_anew()
    {
        using var parameters = new LiveParameters(Node.Parameters);
        var names = parameters.Add("names", (string[])["a", "b"], "");
        var prepared = 0;
        parameters.OnChange(["names"], () =>
        {
            prepared++;
            return null;
        }, _ => { });

        Assert.That(Node.Parameters.Set("names", (string[])["a", "b"]).Successful);
        Assert.That(prepared, Is.Zero);
        Assert.That(Node.Parameters.Set("names", (string[])["b"]).Successful);
        Assert.That((prepared, names.Value), Is.EqualTo((1, (string[])["b"])));
    }

    [Test]
    public void A_number_that_rounding_puts_beyond_its_range_is_its_end()
    {
        using var parameters = new LiveParameters(Node.Parameters);
        var share = parameters.Add("share", 0.5, "", LiveParameters.Range(0, 1));

        Assert.That(Node.Parameters.Set("share", Math.BitIncrement(1.0)).Successful);
        Assert.That(share.Value, Is.EqualTo(1));
        Assert.That(Node.Parameters.Set("share", double.PositiveInfinity).Successful, Is.False);
    }

    [Test]
    public void What_cannot_be_prepared_is_rejected_with_the_reason_and_nothing_is_left_of_it()
    {
        using var parameters = new LiveParameters(Node.Parameters);
        var first = parameters.Add("first", 1L, "");
        var second = parameters.Add("second", 2L, "");
        var prepared = new List<Thing>();
        parameters.OnChange(["first"], () =>
        {
            prepared.Add(new Thing(first.Value));
            return prepared[^1];
        }, _ => Assert.Fail("Nothing is to be applied"));
        parameters.OnChange(["first", "second"],
            () => first.Value <= second.Value ? null : throw new InvalidDataException("first is above second."), _ => { });

        var result = Node.Parameters.SetAtomically([Parameter.From("first", 6L), Parameter.From("second", 5L)]);

        Assert.That((result.Successful, result.Reason), Is.EqualTo((false, "The parameters of /node cannot be set together: first is above second.")));
        Assert.That((first.Value, second.Value), Is.EqualTo((1L, 2L)));
        Assert.That(prepared.Select(thing => (thing.Size, thing.IsDisposed)), Is.EqualTo([(6L, true)]));
    }

    [Test]
    public void What_another_callback_rejects_is_disposed_of()
    {
        var refuse = true;
        using var refuser = Node.Parameters.AddOnSetCallback(_ => refuse ? SetParametersResult.Rejected("no.") : SetParametersResult.Success);
        refuse = false;
        using var parameters = new LiveParameters(Node.Parameters);
        var size = parameters.Add("size", 1L, "");
        var prepared = new List<Thing>();
        var applied = 0;
        parameters.OnChange(["size"], () =>
        {
            prepared.Add(new Thing(size.Value));
            return prepared[^1];
        }, _ => applied++);

        refuse = true;
        Assert.That(Node.Parameters.Set("size", 2L).Successful, Is.False);
        refuse = false;
        Assert.That(Node.Parameters.Set("size", 3L).Successful);

        Assert.That(prepared.Select(thing => (thing.Size, thing.IsDisposed)), Is.EqualTo([(2L, true), (3L, false)]));
        Assert.That(applied, Is.EqualTo(1));
    }

    private sealed class Thing(long size) : IDisposable
    {
        public long Size => size;

        public bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;
    }
}
