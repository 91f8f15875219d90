using FaceAttributes.Tracking;

namespace FaceAttributes.Tests.Tracking;

[TestFixture]
public sealed class ConstantVelocityFilterTests
{
    [Test]
    public void Equals_the_textbook_s_filter_of_matrices_on_random_walks([Range(0, 4)] int seed)
    {
        var random = new Random(seed);
        for (var walk = 0; walk < 1000; walk++)
        {
            var (start, variance, spread, acceleration) =
                (random.NextDouble() * 640, 0.1 + random.NextDouble() * 20, random.NextDouble() * 1e4, random.NextDouble() * 1e4);
            var filter = new ConstantVelocityFilter(start, variance, spread);
            var plain = new Plain(start, variance, spread);
            for (var step = 0; step < 20; step++)
            {
                var seconds = random.NextDouble() * 0.3;
                filter.Predict(seconds, acceleration);
                plain.Predict(seconds, acceleration);
                if (random.Next(3) > 0)
                {
                    var measured = start + random.NextDouble() * 50;
                    filter.Correct(measured, variance);
                    plain.Correct(measured, variance);
                }

                Assert.That(filter.Position, Is.EqualTo(plain.X[0]).Within(1e-6));
                Assert.That(filter.Velocity, Is.EqualTo(plain.X[1]).Within(1e-5));
                Assert.That(filter.PositionVariance, Is.EqualTo(plain.P[0, 0]).Within(1e-9).Percent.Or.EqualTo(plain.P[0, 0]).Within(1e-6));
            }
        }
    }

    [Test]
    public void Ten_steps_of_a_tenth_of_a_second_are_one_of_a_second()
    {
        var (once, often) = (new ConstantVelocityFilter(5, 2, 30), new ConstantVelocityFilter(5, 2, 30));
        once.Predict(1, 7);
        for (var i = 0; i < 10; i++)
            often.Predict(0.1, 7);
        Assert.That(often.PositionVariance, Is.EqualTo(once.PositionVariance).Within(1e-9));
    }

    [Test]
    public void Another_unit_changes_nothing_but_the_numbers()
    {
        var (pixels, halves) = (new ConstantVelocityFilter(5, 2, 30), new ConstantVelocityFilter(5, 2, 30));
        pixels.Predict(0.5, 7);
        halves.Predict(0.5, 7);
        halves.Scale(2);
        pixels.Correct(6, 3);
        halves.Correct(12, 12);
        pixels.Predict(0.5, 7);
        halves.Predict(0.5, 28);
        Assert.That(halves.Position, Is.EqualTo(2 * pixels.Position).Within(1e-9));
        Assert.That(halves.Velocity, Is.EqualTo(2 * pixels.Velocity).Within(1e-9));
        Assert.That(halves.PositionVariance, Is.EqualTo(4 * pixels.PositionVariance).Within(1e-9));
    }

    /// <summary>x = F x, P = F P Fᵀ + Q; K = P Hᵀ / (H P Hᵀ + R), x += K (z - H x), P = (I - K H) P, with H = (1 0).</summary>
    private sealed class Plain(double position, double variance, double velocityVariance)
    {
        public double[] X { get; private set; } = [position, 0];

        public double[,] P { get; private set; } = { { variance, 0 }, { 0, velocityVariance } };

        public void Predict(double t, double q)
        {
            double[,] f = { { 1, t }, { 0, 1 } };
            double[,] transposed = { { 1, 0 }, { t, 1 } };
            double[,] noise = { { q * t * t * t / 3, q * t * t / 2 }, { q * t * t / 2, q * t } };
            X = [X[0] + t * X[1], X[1]];
            P = Add(Times(Times(f, P), transposed), noise);
        }

        public void Correct(double z, double r)
        {
            var s = P[0, 0] + r;
            double[] k = [P[0, 0] / s, P[1, 0] / s];
            var innovation = z - X[0];
            X = [X[0] + k[0] * innovation, X[1] + k[1] * innovation];
            P = Times(new[,] { { 1 - k[0], 0 }, { -k[1], 1 } }, P);
        }

        private static double[,] Times(double[,] a, double[,] b)
        {
            var product = new double[2, 2];
            for (var i = 0; i < 2; i++)
            {
                for (var j = 0; j < 2; j++)
                    product[i, j] = a[i, 0] * b[0, j] + a[i, 1] * b[1, j];
            }

            return product;
        }

        private static double[,] Add(double[,] a, double[,] b) =>
            new[,] { { a[0, 0] + b[0, 0], a[0, 1] + b[0, 1] }, { a[1, 0] + b[1, 0], a[1, 1] + b[1, 1] } };
    }
}
