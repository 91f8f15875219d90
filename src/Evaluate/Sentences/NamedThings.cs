namespace FaceAttributes.Evaluation.Sentences;

/// <summary>
/// What sentences say of people, to find those that count them wrong or name somebody who is not there (after CHAIR, Rohrbach et
/// al. 2018, arXiv:1809.02156, but with people's sentences for the truth, as Flickr8k marks no objects).
/// </summary>
internal static class NamedThings
{
    private static readonly Dictionary<string, string> Kinds = ByWord(
        ("man", "man men guy guys boy boys"),
        ("woman", "woman women lady ladies girl girls"),
        ("child", "child children kid kids baby toddler"),
        ("dog", "dog dogs puppy puppies"));

    // Who may be meant by these is left open; a boy is a child too.
    private static readonly Dictionary<string, string[]> AlsoMeans = new(StringComparer.Ordinal)
    {
        ["man"] = ["person", "people", "he", "his", "him", "player", "players", "rider", "someone", "child", "children", "kid", "kids", "adult", "adults"],
        ["woman"] = ["person", "people", "she", "her", "player", "players", "rider", "someone", "child", "children", "kid", "kids", "adult", "adults"],
        ["child"] = ["boy", "boys", "girl", "girls", "person", "people", "someone"],
        ["dog"] = ["animal", "animals"],
    };

    private static readonly Dictionary<string, int> Numbers =
        ByWord(("1", "a an one another"), ("2", "two couple pair"), ("3", "three"), ("4", "four"), ("5", "five"), ("6", "six"))
            .ToDictionary(pair => pair.Key, pair => pair.Value[0] - '0', StringComparer.Ordinal);

    private static readonly HashSet<string> People = new(StringComparer.Ordinal)
    {
        "man", "men", "guy", "guys", "boy", "boys", "woman", "women", "lady", "ladies", "girl", "girls", "child", "children", "kid",
        "kids", "person", "people", "player", "players",
    };

    /// <summary>How many people the sentence gives a number for, taken together; null where it gives none.</summary>
    public static int? CountPeople(string[] words)
    {
        var sum = 0;
        int? number = null;
        foreach (var word in words)
        {
            if (Numbers.TryGetValue(word, out var found))
                number = found;
            else if (word is "group" or "crowd" or "several" or "some" or "many")
                return null;
            else if (People.Contains(word))
            {
                sum += number ?? 0;
                number = null;
            }
        }

        return sum > 0 ? sum : null;
    }

    /// <summary>Whether the sentence gives a number of people that no reference gives, where at least two of these give one.</summary>
    /// <returns>Null where the sentence or the references give none.</returns>
    public static bool? CountsWrong(string[] words, IReadOnlyList<string[]> references)
    {
        int[] numbers = [.. references.Select(CountPeople).OfType<int>()];
        return CountPeople(words) is { } number && numbers.Length >= 2 ? !numbers.Contains(number) : null;
    }

    /// <summary>Whether the sentence names a man, woman, child or dog, and whether one that no reference has.</summary>
    public static (bool Names, bool NamesAbsent) Names(string[] words, IReadOnlyList<string[]> references)
    {
        string[] kinds = [.. words.Where(Kinds.ContainsKey).Select(word => Kinds[word]).Distinct()];
        return (kinds.Length > 0, kinds.Any(kind => !references.Any(reference => reference.Any(word => Means(word, kind)))));
    }

    private static bool Means(string word, string kind) => Kinds.GetValueOrDefault(word) == kind || AlsoMeans[kind].Contains(word);

    private static Dictionary<string, string> ByWord(params (string Meaning, string Words)[] groups) =>
        groups.SelectMany(group => group.Words.Split(' ').Select(word => (word, group.Meaning)))
            .ToDictionary(pair => pair.word, pair => pair.Meaning, StringComparer.Ordinal);
}
