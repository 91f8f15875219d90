using System.Buffers;
using System.Text;
using System.Text.Json;
using FaceAttributes.Drawing;
using FaceAttributes.Explanation;
using face_attributes;
using FaceAttributes.Node;
using FaceAttributes.Node.Outputs;
using FaceAttributes.Node.Services;
using FaceAttributes.Tracking;
using OpenCvSharp;
using rclcs;
using Vision.Imaging;
using VisionNodes;

namespace FaceAttributes.Cli;

/// <summary><c>face_attributes classify</c>: the faces of picture files, as the node sees them.</summary>
internal sealed class ClassifyCommand : IDisposable
{
    /// <summary>The program's name.</summary>
    public const string Program = "face_attributes";

    /// <summary>How it is used.</summary>
    public const string Help =
        $"""
        Usage: {Program} classify FILE… [--json] [--annotate DIR] [--explain] [--ros-args -p NAME:=VALUE --params-file FILE …]

        Finds the faces in pictures and estimates emotion, gender and age of each, with what the node runs and its parameters.
        A FILE is a JPEG, a PNG or another picture, or a folder, whose pictures are all taken. They are upright as their EXIF data
        say; input.rotate is for cameras. Progress goes to standard error.

          --json          print a line of JSON for each picture: its file, and its faces as in FaceAttributesArray; what
                          is done where nothing else is asked for
          --annotate DIR  write each picture with the faces drawn in into DIR, under its name
          --explain       write what in each face speaks for its emotion, as NAME_ID_explained.png, into DIR, or into the folder
                          that the program is started in
        """;

    private static readonly string[] Extensions = [".jpg", ".jpeg", ".png", ".bmp", ".webp", ".tif", ".tiff"];

    private readonly LiveParameters _parameters;
    private readonly PipelineFactory _factory;
    private readonly PrivacySetting _privacy;
    private readonly FacePipeline _pipeline;
    private readonly ImageFrame _frame = new();
    private readonly FacesOutput _faces = new();
    private readonly Annotator _annotator = new();
    private readonly ImageResult _result;
    private readonly TextWriter _output;
    private readonly HashSet<string> _kept;
    private FaceExplainer? _explainer;

    private ClassifyCommand(INode node, IEnumerable<string> files, TextWriter output)
    {
        (_output, _kept) = (output, files.Select(Path.GetFullPath).ToHashSet(StringComparer.Ordinal));
        _parameters = new LiveParameters(node.Parameters);
        _privacy = new PrivacySetting(_parameters);
        _factory = new PipelineFactory(_parameters, node.Logger, () => true, () => false, _ => { });
        _result = new ImageResult();
        _pipeline = _factory.Prepare()();
    }

    /// <summary>Does what the command line asks for.</summary>
    /// <param name="context">Has the arguments.</param>
    /// <param name="output">For results.</param>
    /// <param name="progress">For progress, and what goes wrong.</param>
    /// <returns>0; 1 where a picture could not be read.</returns>
    /// <exception cref="RosArgumentsException">The arguments are wrong.</exception>
    public static int Run(Context context, TextWriter output, TextWriter progress)
    {
        var (files, json, folder, explain) = Parse(context.Arguments);
        if (folder is not null)
            Directory.CreateDirectory(folder);

        // It has no part in the graph but its parameters, which are those of the node, whose name it therefore has, and says nothing there.
        using var node = Rclcs.CreateNode(Program, context, options: new NodeOptions
        {
            EnableRosout = false,
            StartParameterServices = false,
            StartParameterEventPublisher = false,
        });
        using var command = new ClassifyCommand(node, files, output);
        node.Parameters.WarnOfUndeclared(node.Logger, argumentsOnly: true);   // a file may be the node's, which has more of them
        var failed = 0;
        for (var i = 0; i < files.Count && context.IsOk; i++)
        {
            if (files.Count > 1)
                progress.WriteLine($"{i + 1}/{files.Count} {files[i]}");
            try
            {
                command.Look(files[i], json, folder, explain);
            }
            catch (Exception e) when (VisionProgram.Describe(e) is { } sentence && e is not OutOfMemoryException)
            {
                failed++;
                progress.WriteLine($"{Program}: {sentence}");
            }
        }

        return failed > 0 ? 1 : 0;
    }

    /// <summary>Frees everything.</summary>
    public void Dispose()
    {
        _explainer?.Dispose();
        _pipeline.Dispose();
        _result.Dispose();
        _frame.Dispose();
        _parameters.Dispose();
    }

    private static (List<string> Files, bool Json, string? Folder, bool Explain) Parse(IReadOnlyList<string> arguments)
    {
        if (arguments is [])
            throw new RosArgumentsException($"No command is named; there is only 'classify', see {Program} --help.");
        if (arguments[0] != "classify")
            throw new RosArgumentsException($"'{arguments[0]}' is no command; there is only 'classify', see {Program} --help.");
        var (files, json, explain) = (new List<string>(), false, false);
        string? folder = null;
        for (var i = 1; i < arguments.Count; i++)
        {
            switch (arguments[i])
            {
                case "--json": json = true; break;
                case "--explain": explain = true; break;
                case "--annotate" when i + 1 < arguments.Count: folder = arguments[++i]; break;
                case "--annotate": throw new RosArgumentsException("--annotate needs a folder.");
                case var option when option.StartsWith("--", StringComparison.Ordinal):
                    throw new RosArgumentsException($"'{option}' is no option; see {Program} --help.");
                case var path: files.AddRange(Expand(path)); break;
            }
        }

        return files.Count > 0
            ? (files, json || (folder is null && !explain), folder, explain)
            : throw new RosArgumentsException($"No picture is named; see {Program} --help.");
    }

    // A folder without any stands for itself, to be named when its turn comes.
    private static IEnumerable<string> Expand(string path) => !Directory.Exists(path)
        ? [path]
        : Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
            .Where(file => Extensions.Contains(Path.GetExtension(file).ToLowerInvariant())).Order(StringComparer.Ordinal).DefaultIfEmpty(path);

    private void Look(string file, bool json, string? folder, bool explain)
    {
        if (Directory.Exists(file))
            throw new IOException($"The folder '{file}' has no picture ({string.Join(", ", Extensions)}).");
        _frame.Load(file);
        var header = new std_msgs.msg.Header();
        var tracks = PictureServices.Look(_pipeline, _frame, stamp: 0);
        _result.Set(_frame, header, _pipeline, tracks, _privacy.Now);
        if (json)
            Print(file, tracks, header);
        if (!_result.ShowsPicture && (folder is not null || explain))
            Console.Error.WriteLine($"{Program}: no picture of {file} is written, since the parameter 'privacy' is no_images.");
        if (folder is not null && _result.ShowsPicture)
            Annotate(file, tracks, folder);
        if (explain && _result.ShowsPicture)
            Explain(file, tracks, folder ?? ".");
    }

    private void Print(string file, IReadOnlyList<Track> tracks, std_msgs.msg.Header header)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("file", file);
            writer.WritePropertyName("faces");
            FaceJson.Write(writer, _faces.Fill(tracks, [], header, _frame.Width, _frame.Height));
            writer.WriteEndObject();
        }

        _output.WriteLine(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    private void Annotate(string file, IReadOnlyList<Track> tracks, string folder)
    {
        using var picture = new Mat();
        _result.CopyPictureTo(picture);
        _annotator.Draw(tracks, picture);
        Write(Path.Combine(folder, Path.GetFileName(file)), picture);
    }

    private void Explain(string file, IReadOnlyList<Track> tracks, string folder)
    {
        var attribute = FacesOutput.Categorical[0];
        _explainer ??= _factory.PrepareExplainers()(attribute);
        using var picture = new Mat();
        foreach (var track in tracks)
        {
            if (track.Find(attribute) is not { HasAnswer: true, Smoothed: var smoothed })
                continue;   // it is shown too badly for the networks
            ExplanationPicture.Draw(
                _explainer, _frame, track.Box, new ExplainedAnswer(track.Id, attribute, smoothed.MostProbable, smoothed.Confidence),
                _result.HidesFaces, picture);
            Write(Path.Combine(folder, $"{Path.GetFileNameWithoutExtension(file)}_{track.Id}_explained.png"), picture);
        }
    }

    /// <summary>Writes a picture where neither one of the command line is nor one that was written before.</summary>
    private void Write(string path, Mat picture)
    {
        if (!_kept.Add(Path.GetFullPath(path)))
            throw new IOException($"'{path}' is one of the pictures, or was written for another one of the same name, and is not overwritten; name another folder with --annotate, and one for each where several have pictures of the same name.");
        if (!Cv2.ImWrite(path, picture))
            throw new IOException($"The picture '{path}' cannot be written; may you write there, and is there room?");
    }
}
