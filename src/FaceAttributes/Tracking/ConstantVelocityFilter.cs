namespace FaceAttributes.Tracking;

/// <summary>
/// A Kalman filter of one coordinate that moves at a constant velocity, but for accelerations that are white noise
/// (Bar-Shalom, Li, Kirubarajan, Estimation with Applications to Tracking and Navigation, 6.2.2: the discretized
/// continuous model, so that one step of a second and ten of a tenth give the same).
/// </summary>
internal struct ConstantVelocityFilter
{
    private double _positionVariance;
    private double _covariance;
    private double _velocityVariance;

    /// <summary>Starts where the coordinate was measured; its velocity is unknown, zero the best guess.</summary>
    /// <param name="position">The measured value, in any unit u.</param>
    /// <param name="positionVariance">Of the measurement, in u².</param>
    /// <param name="velocityVariance">Of velocities that are to be expected, in u²/s².</param>
    public ConstantVelocityFilter(double position, double positionVariance, double velocityVariance) =>
        (Position, _positionVariance, _velocityVariance) = (position, positionVariance, velocityVariance);

    /// <summary>The coordinate, in u.</summary>
    public double Position { get; private set; }

    /// <summary>In u a second.</summary>
    public double Velocity { get; private set; }

    /// <summary>Of <see cref="Position"/>, in u².</summary>
    public readonly double PositionVariance => _positionVariance;

    /// <summary>Time goes by.</summary>
    /// <param name="seconds">0 or more.</param>
    /// <param name="acceleration">Power spectral density of the accelerations, in u²/s³.</param>
    public void Predict(double seconds, double acceleration)
    {
        Position += Velocity * seconds;
        _positionVariance += seconds * (2 * _covariance + seconds * (_velocityVariance + acceleration * seconds / 3));
        _covariance += seconds * (_velocityVariance + acceleration * seconds / 2);
        _velocityVariance += acceleration * seconds;
    }

    /// <summary>The coordinate was measured.</summary>
    /// <param name="position">In u.</param>
    /// <param name="variance">Of the measurement, in u²; above 0.</param>
    public void Correct(double position, double variance)
    {
        var innovation = position - Position;
        var innovationVariance = _positionVariance + variance;
        var (gain, velocityGain) = (_positionVariance / innovationVariance, _covariance / innovationVariance);
        Position += gain * innovation;
        Velocity += velocityGain * innovation;
        _velocityVariance -= velocityGain * _covariance;
        _covariance *= 1 - gain;
        _positionVariance *= 1 - gain;
    }

    /// <summary>The coordinate is counted from elsewhere, because the camera has turned.</summary>
    /// <param name="offset">Added to the position, in u.</param>
    public void Move(double offset) => Position += offset;

    /// <summary>The coordinate is counted in another unit.</summary>
    /// <param name="factor">By which numbers in the old one are to be multiplied; above 0.</param>
    public void Scale(double factor)
    {
        (Position, Velocity) = (factor * Position, factor * Velocity);
        _positionVariance *= factor * factor;
        _covariance *= factor * factor;
        _velocityVariance *= factor * factor;
    }
}
