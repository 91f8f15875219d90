using System.Globalization;
using FaceAttributes.Evaluation.Data;

namespace FaceAttributes.Evaluation.Sentences;

/// <summary>WordNet's synonyms (Fellbaum 1998), from its database files.</summary>
internal sealed class WordNet
{
    private static readonly (string File, (string Suffix, string By)[] Rules)[] Parts =
    [
        ("noun",
        [
            ("s", ""), ("ses", "s"), ("ves", "f"), ("xes", "x"), ("zes", "z"), ("ches", "ch"), ("shes", "sh"), ("men", "man"), ("ies", "y"),
        ]),
        ("verb", [("s", ""), ("ies", "y"), ("es", "e"), ("es", ""), ("ed", "e"), ("ed", ""), ("ing", "e"), ("ing", "")]),
        ("adj", [("er", ""), ("est", ""), ("er", "e"), ("est", "e")]),
        ("adv", []),
    ];

    private readonly Part[] _parts;
    private readonly Dictionary<string, HashSet<string>> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> _senses = new(StringComparer.Ordinal);

    /// <summary>Reads the files index.*, data.* and *.exc of a folder.</summary>
    /// <exception cref="EvaluationException">One is missing or damaged.</exception>
    public WordNet(string folder) => _parts = [.. Parts.Select(part => new Part(folder, part.File, part.Rules))];

    /// <summary>The single words that share a sense with a word in any of its base forms, and the word itself.</summary>
    public HashSet<string> Synonyms(string word)
    {
        if (!_known.TryGetValue(word, out var synonyms))
        {
            synonyms = new HashSet<string>(StringComparer.Ordinal) { word };
            foreach (var part in _parts)
                part.AddSynonyms(word, synonyms);
            _known[word] = synonyms;
        }

        return synonyms;
    }

    /// <summary>Whether two words, in any of their base forms, have a sense in common.</summary>
    public bool ShareSense(string first, string second) => Senses(first).Overlaps(Senses(second));

    private HashSet<string> Senses(string word)
    {
        if (!_senses.TryGetValue(word, out var senses))
        {
            senses = [.. _parts.SelectMany((part, index) => part.Senses(word).Select(sense => $"{index} {sense}"))];
            _senses[word] = senses;
        }

        return senses;
    }

    /// <summary>A part of speech.</summary>
    private sealed class Part
    {
        private readonly (string Suffix, string By)[] _rules;
        private readonly Dictionary<string, string[]> _exceptions = new(StringComparer.Ordinal);
        private readonly Dictionary<string, string[]> _senses = new(StringComparer.Ordinal);
        private readonly Dictionary<string, string[]> _words = new(StringComparer.Ordinal);

        public Part(string folder, string name, (string Suffix, string By)[] rules)
        {
            _rules = rules;
            foreach (var cells in Read(folder, name + ".exc"))
                _exceptions[cells[0]] = cells[1..];
            foreach (var cells in Read(folder, "index." + name))
            {
                var pointers = int.Parse(cells[3], CultureInfo.InvariantCulture);
                _senses[cells[0]] = cells[(6 + pointers)..];
            }

            foreach (var cells in Read(folder, "data." + name))
            {
                var count = int.Parse(cells[3], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
                _words[cells[0]] = [.. Enumerable.Range(0, count).Select(i => cells[4 + 2 * i].Split('(')[0]).Where(word => !word.Contains('_', StringComparison.Ordinal))];
            }
        }

        public void AddSynonyms(string word, HashSet<string> synonyms)
        {
            foreach (var sense in Senses(word))
                synonyms.UnionWith(_words[sense]);
        }

        public IEnumerable<string> Senses(string word) => BaseForms(word).SelectMany(form => _senses[form]);

        private string[] BaseForms(string word)
        {
            if (_exceptions.TryGetValue(word, out var exceptions))
                return Known([word, .. exceptions]);
            var forms = Shorten([word]);
            var known = Known([word, .. forms]);
            while (known.Length == 0 && forms.Length > 0)
            {
                forms = Shorten(forms);
                known = Known(forms);
            }

            return known;
        }

        private string[] Shorten(string[] forms) =>
        [
            .. forms.SelectMany(form => _rules
                .Where(rule => form.EndsWith(rule.Suffix, StringComparison.Ordinal))
                .Select(rule => form[..^rule.Suffix.Length] + rule.By)),
        ];

        private string[] Known(string[] forms) => [.. forms.Distinct().Where(_senses.ContainsKey)];

        private static IEnumerable<string[]> Read(string folder, string name) =>
            DataFile.ReadLines(Path.Combine(folder, name))
                .Where(line => line.Length > 0 && line[0] != ' ')
                .Select(line => line.Split('|')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }
}
