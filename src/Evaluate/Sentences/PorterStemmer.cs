namespace FaceAttributes.Evaluation.Sentences;

/// <summary>
/// The stemmer of Porter (1980), with his later changes and the few more that NLTK makes, so that figures can be compared with
/// NLTK's.
/// </summary>
internal static class PorterStemmer
{
    private static readonly Dictionary<string, string> Irregular =
        ("sky sky skies sky dying die lying lie tying tie news news inning inning innings inning outing outing outings outing " +
            "canning canning cannings canning howe howe proceed proceed exceed exceed succeed succeed")
            .Split(' ').Chunk(2).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);

    private static readonly (string, string)[] Second =
    [
        ("ational", "ate"), ("tional", "tion"), ("enci", "ence"), ("anci", "ance"), ("izer", "ize"), ("bli", "ble"), ("alli", "al"),
        ("entli", "ent"), ("eli", "e"), ("ousli", "ous"), ("ization", "ize"), ("ation", "ate"), ("ator", "ate"), ("alism", "al"),
        ("iveness", "ive"), ("fulness", "ful"), ("ousness", "ous"), ("aliti", "al"), ("iviti", "ive"), ("biliti", "ble"), ("fulli", "ful"),
    ];

    private static readonly (string, string)[] Third =
        [("icate", "ic"), ("ative", ""), ("alize", "al"), ("iciti", "ic"), ("ical", "ic"), ("ful", ""), ("ness", "")];

    private static readonly string[] Fourth =
    [
        "al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent", "ion", "ou", "ism", "ate", "iti", "ous", "ive", "ize",
    ];

    /// <summary>The stem of a word in lower case.</summary>
    public static string Stem(string word)
    {
        if (Irregular.TryGetValue(word, out var irregular))
            return irregular;
        return word.Length <= 2 ? word : DropE(Suffixes(Replace(DoubleSuffixes(FinalY(PastAndGerund(Plural(word)))), Third)));
    }

    private static string Plural(string word) =>
        word.EndsWith("ies", StringComparison.Ordinal) && word.Length == 4 ? word[..^1]
        : word.EndsWith("sses", StringComparison.Ordinal) || word.EndsWith("ies", StringComparison.Ordinal) ? word[..^2]
        : word.EndsWith("ss", StringComparison.Ordinal) || !word.EndsWith('s') ? word
        : word[..^1];

    private static string PastAndGerund(string word)
    {
        if (word.EndsWith("ied", StringComparison.Ordinal))
            return word.Length == 4 ? word[..^1] : word[..^2];
        if (word.EndsWith("eed", StringComparison.Ordinal))
            return Measure(word[..^3]) > 0 ? word[..^1] : word;
        var stem = word.EndsWith("ed", StringComparison.Ordinal) && HasVowel(word[..^2]) ? word[..^2]
            : word.EndsWith("ing", StringComparison.Ordinal) && HasVowel(word[..^3]) ? word[..^3]
            : null;
        if (stem is null)
            return word;
        if (stem.EndsWith("at", StringComparison.Ordinal) || stem.EndsWith("bl", StringComparison.Ordinal) || stem.EndsWith("iz", StringComparison.Ordinal))
            return stem + 'e';
        if (stem.Length >= 2 && stem[^1] == stem[^2] && IsConsonant(stem, stem.Length - 1))
            return stem[^1] is 'l' or 's' or 'z' ? stem : stem[..^1];
        return Measure(stem) == 1 && EndsShort(stem) ? stem + 'e' : stem;
    }

    private static string FinalY(string word) =>
        word.EndsWith('y') && word.Length > 2 && IsConsonant(word, word.Length - 2) ? word[..^1] + 'i' : word;

    private static string DoubleSuffixes(string word)
    {
        if (word.EndsWith("alli", StringComparison.Ordinal) && Measure(word[..^4]) > 0)
            return DoubleSuffixes(word[..^2]);
        return word.EndsWith("logi", StringComparison.Ordinal)
            ? Measure(word[..^3]) > 0 ? word[..^1] : word
            : Replace(word, Second);
    }

    private static string Replace(string word, (string Suffix, string By)[] rules)
    {
        foreach (var (suffix, by) in rules)
        {
            if (word.EndsWith(suffix, StringComparison.Ordinal))
                return Measure(word[..^suffix.Length]) > 0 ? word[..^suffix.Length] + by : word;
        }

        return word;
    }

    private static string Suffixes(string word)
    {
        foreach (var suffix in Fourth)
        {
            if (!word.EndsWith(suffix, StringComparison.Ordinal))
                continue;
            var stem = word[..^suffix.Length];
            return Measure(stem) > 1 && (suffix != "ion" || stem[^1] is 's' or 't') ? stem : word;
        }

        return word;
    }

    private static string DropE(string word)
    {
        if (word.EndsWith('e'))
        {
            var stem = word[..^1];
            var measure = Measure(stem);
            if (measure > 1 || (measure == 1 && !EndsShort(stem)))
                word = stem;
        }

        return word.EndsWith("ll", StringComparison.Ordinal) && Measure(word[..^1]) > 1 ? word[..^1] : word;
    }

    private static bool IsConsonant(string word, int index) => word[index] switch
    {
        'a' or 'e' or 'i' or 'o' or 'u' => false,
        'y' => index == 0 || !IsConsonant(word, index - 1),
        _ => true,
    };

    private static bool HasVowel(string stem)
    {
        for (var i = 0; i < stem.Length; i++)
        {
            if (!IsConsonant(stem, i))
                return true;
        }

        return false;
    }

    /// <summary>How often a consonant follows a vowel.</summary>
    private static int Measure(string stem)
    {
        var measure = 0;
        for (var i = 1; i < stem.Length; i++)
        {
            if (IsConsonant(stem, i) && !IsConsonant(stem, i - 1))
                measure++;
        }

        return measure;
    }

    /// <summary>Consonant, vowel, and a consonant other than w, x, y; or, of two letters, vowel and consonant.</summary>
    private static bool EndsShort(string stem) =>
        (stem.Length >= 3 && IsConsonant(stem, stem.Length - 3) && !IsConsonant(stem, stem.Length - 2)
            && IsConsonant(stem, stem.Length - 1) && stem[^1] is not ('w' or 'x' or 'y'))
        || (stem.Length == 2 && !IsConsonant(stem, 0) && IsConsonant(stem, 1));
}
