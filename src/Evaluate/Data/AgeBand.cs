namespace FaceAttributes.Evaluation.Data;

/// <summary>A range of ages, as data sets and tables group them.</summary>
/// <param name="Name">Such as "20-29" or "70+".</param>
/// <param name="Low">Youngest age, in years.</param>
/// <param name="High">Oldest age, in years; null: no end.</param>
internal sealed record AgeBand(string Name, int Low, int? High)
{
    /// <summary>The end of the range: the first age, in years, that is too old; infinite if there is no end.</summary>
    public double End => High is { } high ? high + 1 : double.PositiveInfinity;

    /// <summary>Whether somebody of so many whole years belongs here.</summary>
    public bool Contains(int years) => years >= Low && years < End;
}
