using System.Diagnostics;
using System.Globalization;
using rclcs;
using rclcs.Tests.Support;

namespace EndToEnd.Tests;

/// <summary>
/// SIGINT and SIGTERM end the programs at any moment of their start: at random ones of the first two seconds, and the node as
/// soon as each thing that it creates is seen by others; idle, and with all cores at work.
/// </summary>
/// <remarks>
/// With <c>FACE_ATTRIBUTES_STARTS=300</c>, so many random moments of the node's start, a third of them of the others', and each
/// step four times. Skips librcl where none is sourced.
/// </remarks>
public class StartAndEndTests : FolderFixture
{
    private const string Node = "face_attributes_node";
    private const int FewStarts = 10;
    private const int Seed = 1;

    private static readonly TimeSpan Latest = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan TimeToEnd = TimeSpan.FromMinutes(1);
    private static readonly string[] Signals = ["INT", "TERM"];

    // What others see of the node, in the order in which it is created.
    private static readonly Step[] Steps =
    [
        new("/rosout", (graph, space) => HasPublisher(graph, "/rosout", space)),
        new("parameter events", (graph, space) => HasPublisher(graph, "/parameter_events", space)),
        new("parameter services", (graph, space) => graph.GetServiceNamesAndTypes().ContainsKey($"{space}/face_attributes/set_parameters")),
        new("transition events", (graph, space) => graph.CountPublishers($"{space}/face_attributes/transition_event") > 0),
        new("lifecycle services", (graph, space) => graph.GetServiceNamesAndTypes().ContainsKey($"{space}/face_attributes/change_state")),
        new("~/faces", (graph, space) => graph.CountPublishers($"{space}/face_attributes/faces") > 0),
        new("~/annotated", (graph, space) => graph.CountPublishers($"{space}/face_attributes/annotated") > 0),
        new("/diagnostics", (graph, space) => HasPublisher(graph, "/diagnostics", space)),
        new("image", (graph, space) => graph.CountSubscribers($"{space}/image") > 0),
    ];

    [TestCase(Node, "cyclonedds")]
    [TestCase("face_listener", "cyclonedds")]
    [TestCase("replay_camera", "cyclonedds")]
    [TestCase(Node, "rcl")]
    public async Task A_signal_ends_a_program_with_code_0_and_without_a_word(string program, string middleware)
    {
        var environment = middleware == "rcl" ? RosPackage.Environment : new Dictionary<string, string>();
        using var domain = TestDomain.Claim();
        using var context = Join(domain);
        using var observer = Rclcs.CreateNode("observer", context);

        var outcomes = new List<Outcome>();
        foreach (var trial in Plan(program))
        {
            var logs = Directory.CreateDirectory(Path.Combine(Folder, $"{outcomes.Count}")).FullName;
            var space = $"/trial_{outcomes.Count}";
            // So that the last step is one of each start.
            string[] own = program == Node ? ["-p", "input.lazy:=false"] : [];
            var start = Programs.Start(program, ["--ros-args", "-r", $"__ns:={space}", .. own]);
            foreach (var (name, value) in environment)
                start.Environment[name] = value;
            start.Environment["RCLCS_MIDDLEWARE"] = middleware;
            domain.AddItselfTo(start);
            start.Environment["ROS_LOG_DIR"] = logs;
            using var load = trial.IsLoaded ? new BusyCores() : null;
            outcomes.Add(await Run(trial, start, () => trial.Step!.IsSeen(observer.Graph, space), observer.Graph, logs));
        }

        var wrong = outcomes.Where(outcome => outcome.Fault is not null).ToArray();
        TestContext.Out.WriteLine(
            $"{outcomes.Count} starts of {program} on {middleware}, seed {Seed}: {outcomes.Count(outcome => outcome.ExitCode == 0)} ended with code 0, "
            + $"{outcomes.Count(outcome => outcome.IsTooEarly)} by the signal itself before they listened; "
            + $"the slowest took {outcomes.Max(outcome => outcome.TimeToEnd.TotalSeconds):F2} s, {wrong.Length} went wrong.");
        Assert.That(wrong, Is.Empty, string.Join("\n", wrong.Select(outcome => $"{outcome.Trial}: {outcome.Fault}")));
    }

    private static Context Join(TestDomain domain)
    {
        const string Middleware = "RCLCS_MIDDLEWARE";
        var before = Environment.GetEnvironmentVariable(Middleware);
        Environment.SetEnvironmentVariable("ROS_AUTOMATIC_DISCOVERY_RANGE", "LOCALHOST");
        Environment.SetEnvironmentVariable(Middleware, "cyclonedds");
        var context = new Context(new ContextOptions { DomainId = domain.Number });
        Rclcs.Init(context, ["--ros-args", "--disable-external-lib-logs"]);
        Environment.SetEnvironmentVariable(Middleware, before);
        return context;
    }

    private static IEnumerable<Trial> Plan(string program)
    {
        var random = new Random(Seed);
        var asked = Environment.GetEnvironmentVariable("FACE_ATTRIBUTES_STARTS");
        var starts = asked is null ? FewStarts : int.Parse(asked, CultureInfo.InvariantCulture);
        for (var i = 0; i < (program == Node ? starts : starts / 3); i++)
            yield return new Trial(Latest * random.NextDouble(), null, Signals[random.Next(2)], i % 2 == 1);

        if (program != Node)
            yield break;

        for (var i = 0; i < Steps.Length * (starts > FewStarts ? 4 : 1); i++)
            yield return new Trial(TimeSpan.Zero, Steps[i % Steps.Length], Signals[i / 2 % 2], i % 2 == 1);
    }

    private static async Task<Outcome> Run(
        Trial trial, ProcessStartInfo start, Func<bool> isSeen, NodeGraph graph, string logs)
    {
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        var isInTime = true;
        if (trial.Step is null)
            await Task.Delay(trial.Moment);
        else
            isInTime = graph.WaitFor(isSeen, Patience);

        var clock = Stopwatch.StartNew();
        Programs.Signal(process, trial.Signal);
        try
        {
            await process.WaitForExitAsync().WaitAsync(TimeToEnd);
        }
        catch (TimeoutException)
        {
            process.Kill();
            return new Outcome(trial, -1, clock.Elapsed, false, $"it did not end; {await errors}");
        }

        // It listens before it opens its log.
        var isTooEarly = process.ExitCode == 128 + (trial.Signal == "INT" ? 2 : 15) && Directory.GetFiles(logs).Length == 0;
        var said = await errors;
        var fault = !isInTime ? $"it was never seen; {said}"
            : process.ExitCode != 0 && !isTooEarly ? $"it ended with code {process.ExitCode}; {said}"
            : said.Split('\n').Any(line => line.Length > 0 && !line.StartsWith("[INFO]", StringComparison.Ordinal)) ? $"it said {said}"
            : null;
        await output;
        return new Outcome(trial, process.ExitCode, clock.Elapsed, isTooEarly, fault);
    }

    private static bool HasPublisher(NodeGraph graph, string topic, string space) =>
        graph.GetPublishersInfo(topic).Any(publisher => publisher.Node.Namespace == space);

    private sealed record Step(string Name, Func<NodeGraph, string, bool> IsSeen);

    private sealed record Trial(TimeSpan Moment, Step? Step, string Signal, bool IsLoaded)
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture,
            $"SIG{Signal} {(Step is null ? $"after {Moment.TotalSeconds:F3} s" : $"as soon as {Step.Name} is seen")}{(IsLoaded ? ", loaded" : "")}");
    }

    private sealed record Outcome(Trial Trial, int ExitCode, TimeSpan TimeToEnd, bool IsTooEarly, string? Fault);
}
