using FaceAttributes.Evaluation.Data;

namespace FaceAttributes.Evaluation.Tests.Data;

public class CsvTableTests
{
    private string _path = string.Empty;

    [SetUp]
    public void CreateFile() => _path = Path.GetTempFileName();

    [TearDown]
    public void DeleteFile() => File.Delete(_path);

    [Test]
    public void Cells_are_read_by_column()
    {
        var table = Table("row,name,age", "0,a,12", "1,b,7");

        Assert.That(table.Count, Is.EqualTo(2));
        Assert.That(table.Text(1, "name"), Is.EqualTo("b"));
        Assert.That(table.Number(0, "age"), Is.EqualTo(12));
        Assert.That(table.Choice(1, "name", ("a", 1), ("b", 2)), Is.EqualTo(2));
    }

    [Test]
    public void A_cell_in_quotes_may_hold_commas()
    {
        var table = Table("row,\"name\",age", "0,\"a, b\",12", "1,,7");

        Assert.That((table.Text(0, "name"), table.Number(0, "age"), table.Text(1, "name")), Is.EqualTo(("a, b", 12, "")));
    }

    [Test]
    public void A_wrong_cell_is_told_with_its_line()
    {
        var table = Table("row,name", "0,a", "1,-3");

        Assert.That(() => table.Number(1, "name"), Throws.TypeOf<EvaluationException>()
            .With.Message.StartsWith($"{_path}:3: 'name' is '-3', no whole number"));
        Assert.That(() => table.Choice(0, "name", ("b", 2)), Throws.TypeOf<EvaluationException>()
            .With.Message.StartsWith($"{_path}:2: 'name' is 'a'"));
        Assert.That(() => table.Text(0, "age"), Throws.TypeOf<EvaluationException>().With.Message.Contains("no column 'age'"));
    }

    [Test]
    public void What_is_no_table_is_refused()
    {
        Assert.That(() => Table("row,name", "0,a,b"), Throws.TypeOf<EvaluationException>().With.Message.Contains("has 3 cells, not 2"));
        Assert.That(() => Table(), Throws.TypeOf<EvaluationException>().With.Message.Contains("is empty"));
        Assert.That(() => new CsvTable("/nowhere/index.csv"), Throws.TypeOf<EvaluationException>()
            .With.Message.StartsWith("/nowhere/index.csv cannot be read; give the data folder with --data"));
    }

    private CsvTable Table(params string[] lines)
    {
        File.WriteAllLines(_path, lines);
        return new CsvTable(_path);
    }
}
