using FaceAttributes.Evaluation.Prediction;

namespace FaceAttributes.Evaluation.Tests.Prediction;

public class WorkerPoolTests
{
    [Test]
    public void Results_are_in_the_order_of_the_items()
    {
        using var pool = new WorkerPool<Worker>(() => new Worker());
        int[] items = [.. Enumerable.Range(0, 1000)];

        Assert.That(pool.Map(items, (_, item) => 2 * item), Is.EqualTo(items.Select(item => 2 * item)));
    }

    [Test]
    public void A_worker_does_one_item_at_a_time()
    {
        using var pool = new WorkerPool<Worker>(() => new Worker());

        Assert.That(pool.Map([.. Enumerable.Range(0, 200)], (worker, _) => worker.IsAlone()), Is.All.True);
    }

    [Test]
    public void What_goes_wrong_is_thrown_as_it_is()
    {
        using var pool = new WorkerPool<Worker>(() => new Worker());

        Assert.That(
            () => pool.Map([1, 2, 3], (_, item) => item == 2 ? throw new EvaluationException("2 is wrong.") : item),
            Throws.TypeOf<EvaluationException>().With.Message.EqualTo("2 is wrong."));
    }

    [Test]
    public void Its_workers_go_with_it()
    {
        var workers = new List<Worker>();
        new WorkerPool<Worker>(() =>
        {
            workers.Add(new Worker());
            return workers[^1];
        }).Dispose();

        Assert.That(workers, Is.Not.Empty);
        Assert.That(workers.Select(worker => worker.IsDisposed), Is.All.True);
    }

    private sealed class Worker : IDisposable
    {
        private int _busy;

        public bool IsDisposed { get; private set; }

        public bool IsAlone()
        {
            var alone = Interlocked.Exchange(ref _busy, 1) == 0;
            Thread.Yield();
            Interlocked.Exchange(ref _busy, 0);
            return alone;
        }

        public void Dispose() => IsDisposed = true;
    }
}
