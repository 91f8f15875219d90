using System.Text.Json;
using FaceAttributes.Evaluation.Sentences;

namespace FaceAttributes.Evaluation.Tests.Sentences;

/// <summary>Against what pycocoevalcap and NLTK measure; record_metrics.py has recorded it, and their versions.</summary>
public class SentenceMetricsTests
{
    private static readonly JsonElement Recorded = JsonDocument.Parse(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Sentences", "metrics.json"))).RootElement;

    private static readonly JsonElement[] Pictures = [.. Recorded.GetProperty("pictures").EnumerateArray()];

    private static readonly string[][] Candidates = [.. Pictures.Select(picture => picture.GetProperty("candidate").GetString()!.Split(' '))];

    private static readonly IReadOnlyList<string[]>[] References =
        [.. Pictures.Select(picture => picture.GetProperty("references").EnumerateArray().Select(text => text.GetString()!.Split(' ')).ToArray())];

    private static readonly Lazy<WordNet> Words = new(() => new WordNet(WordNetFolder));

    public static IEnumerable<int> Numbers => Enumerable.Range(0, Pictures.Length);

    private static string WordNetFolder => "/usr/share/wordnet";

    [Test]
    public void BLEU_is_that_of_pycocoevalcap() =>
        Assert.That(Bleu.Score(Candidates, References),
            Is.EqualTo(Recorded.GetProperty("bleu").EnumerateArray().Select(value => value.GetDouble())).Within(1e-6));

    [TestCaseSource(nameof(Numbers))]
    public void CIDEr_D_is_that_of_pycocoevalcap(int number) =>
        Assert.That(new CiderD(References).Score(Candidates[number], References[number]),
            Is.EqualTo(Pictures[number].GetProperty("cider_d").GetDouble()).Within(1e-9));

    [TestCaseSource(nameof(Numbers))]
    public void ROUGE_L_is_that_of_pycocoevalcap(int number) =>
        Assert.That(RougeL.Score(Candidates[number], References[number]),
            Is.EqualTo(Pictures[number].GetProperty("rouge_l").GetDouble()).Within(1e-9));

    [Test]
    public void Stems_are_those_of_NLTK()
    {
        foreach (var word in Recorded.GetProperty("stems").EnumerateObject())
            Assert.That(PorterStemmer.Stem(word.Name), Is.EqualTo(word.Value.GetString()), word.Name);
    }

    [Test]
    public void Synonyms_are_those_of_NLTK()
    {
        NeedWordNet();
        foreach (var word in Recorded.GetProperty("synonyms").EnumerateObject())
        {
            Assert.That(Words.Value.Synonyms(word.Name), Is.EquivalentTo(word.Value.EnumerateArray().Select(synonym => synonym.GetString())), word.Name);
        }
    }

    [TestCaseSource(nameof(Numbers))]
    public void METEOR_by_the_rule_of_NLTK_is_that_of_NLTK(int number)
    {
        NeedWordNet();
        var meteor = new Meteor(Words.Value);
        Assert.That(meteor.ScoreAsNltk(Candidates[number], References[number]),
            Is.EqualTo(Pictures[number].GetProperty("meteor").GetDouble()).Within(1e-9));
        Assert.That(References[number].Select(reference => meteor.ScoreAsNltk(Candidates[number], [reference])),
            Is.EqualTo(Pictures[number].GetProperty("meteors").EnumerateArray().Select(value => value.GetDouble())).Within(1e-9));
    }

    // Content words count 0.75, function words 0.25; precision and recall meet at alpha 0.85; fragments cost 0.6 (chunks/pairs)^0.2.
    [TestCase("a dog runs", "a dog runs", 1.0)] // All of it, and in one piece.
    [TestCase("dogs", "dog", 0.6)] // A stem alone, in one piece.
    [TestCase("bike", "bicycle", 0.8)] // A synonym alone.
    [TestCase("cat", "dog", 0.0)]
    [TestCase("dog", "a dog", 0.31169)] // Precision 1, recall 0.75, one chunk of one pair that is not all.
    [TestCase("dog the", "the dog", 0.4)] // Two chunks of two pairs.
    public void METEOR_with_the_parameters_of_1_5_is_what_its_formula_gives(string candidate, string reference, double score)
    {
        NeedWordNet();
        Assert.That(new Meteor(Words.Value).Score(candidate.Split(' '), [reference.Split(' ')]), Is.EqualTo(score).Within(1e-4));
    }

    [TestCase("a man and a woman sit", "two people sit|a man and a woman|people", false)]
    [TestCase("three men sit", "two people sit|a man and a woman|people", true)]
    [TestCase("people sit", "two people sit|two men", null)] // Gives no number.
    [TestCase("two men sit", "people sit|two women", null)] // One person's number is not enough.
    [TestCase("a group of two men", "two men|two women", null)]
    public void A_number_of_people_that_nobody_gives_is_wrong(string sentence, string references, bool? wrong) =>
        Assert.That(NamedThings.CountsWrong(sentence.Split(' '), [.. references.Split('|').Select(text => text.Split(' '))]), Is.EqualTo(wrong));

    [TestCase("a dog runs", "a man runs|a boy runs", true, true)]
    [TestCase("a dog runs", "an animal runs", true, false)]
    [TestCase("a man with a dog", "a person walks a puppy", true, false)]
    [TestCase("a woman", "a man", true, true)]
    [TestCase("a car", "a man", false, false)]
    public void Somebody_whom_nobody_names_is_absent(string sentence, string references, bool names, bool absent) =>
        Assert.That(NamedThings.Names(sentence.Split(' '), [.. references.Split('|').Select(text => text.Split(' '))]), Is.EqualTo((names, absent)));

    private static void NeedWordNet()
    {
        if (!Directory.Exists(WordNetFolder))
            Assert.Ignore("WordNet is not here: apt-get install wordnet-base.");
    }
}
