using rclcs.Middleware.CycloneDds.Interop;
using rclcs.Tests.Support;
using SetBool = std_srvs.srv.SetBool;
using Text = std_msgs.msg.String;

namespace rclcs.Tests.Middleware.CycloneDds;

/// <summary>Nodes with keys, without, and with the wrong ones.</summary>
[EmbeddedMiddleware]
public sealed class DdsSecurityTests
{
    private const string CallerEnclave = "/robot/caller";
    private const string ServerEnclave = "/robot/server";
    private const string NarrowEnclave = "/narrow";

    private Keystore _keystore = null!;
    private EnvironmentVariable[] _variables = null!;

    [OneTimeSetUp]
    public void MakeKeys()
    {
        _keystore = new Keystore();
        _keystore.Add(CallerEnclave);
        _keystore.Add(ServerEnclave);
        _keystore.Add(NarrowEnclave, denied: "rt/denied");
    }

    [OneTimeTearDown]
    public void DeleteKeys() => _keystore.Dispose();

    [SetUp]
    public void EnableSecurity() => _variables =
    [
        new EnvironmentVariable("ROS_SECURITY_ENABLE", "true"),
        new EnvironmentVariable("ROS_SECURITY_STRATEGY", "Enforce"),
        new EnvironmentVariable("ROS_SECURITY_KEYSTORE", _keystore.Folder),
        new EnvironmentVariable("ROS_SECURITY_ENCLAVE_OVERRIDE", null),
    ];

    [TearDown]
    public void DisableSecurity()
    {
        foreach (var variable in _variables)
            variable.Dispose();
    }

    [Test]
    public async Task Nodes_with_keys_reach_each_other_and_a_node_without_is_left_out()
    {
        using var stranger = StartPeer("stranger", ("ROS_SECURITY_ENABLE", "false"));
        Assert.That(stranger.ReadLine(), Is.EqualTo("ready"));
        using var caller = Start("caller", CallerEnclave).Start();
        using var client = caller.Node.CreateClient<SetBool.Request, SetBool.Response>("lamp");
        using var server = StartPeer("server", ("ROS_SECURITY_ENCLAVE_OVERRIDE", ServerEnclave));

        await client.WaitForServiceAsync().WaitAsync(Within.Time);
        var answer = await client.CallAsync(new SetBool.Request { Data = true }).WaitAsync(Within.Time);

        Assert.That(answer.Success, Is.True);
        Assert.That(
            caller.Node.Graph.WaitFor(() => caller.Node.Graph.GetNodeNames().Any(node => node.Name == "server"), Within.Time),
            Is.True);
        Assert.That(
            caller.Node.Graph.GetNodeNames().Select(node => node.Name), Is.EquivalentTo(new[] { "caller", "server" }));
    }

    [Test]
    public async Task A_Cyclone_DDS_program_with_keys_is_called()
    {
        using var caller = Start("caller", CallerEnclave).Start();
        using var client = caller.Node.CreateClient<SetBool.Request, SetBool.Response>("lamp");
        using var peer = CycloneDdsPeer.StartSecured(_keystore.FolderOf(ServerEnclave), "serve", "/lamp");

        await client.WaitForServiceAsync().WaitAsync(Within.Time);
        var answer = await client.CallAsync(new SetBool.Request { Data = true }).WaitAsync(Within.Time);

        Assert.That(answer.Message, Is.EqualTo("it is on"));
    }

    [Test]
    public void A_topic_that_the_permissions_do_not_allow_is_refused()
    {
        using var node = Start("node", NarrowEnclave);
        using var allowed = node.Node.CreatePublisher<Text>("chatter");

        Assert.That(
            () => node.Node.CreatePublisher<Text>("denied"),
            Throws.InstanceOf<RuntimeError>().With.Message.Contains("rt/denied").And.Message.Contains("Not Allowed By Security"));
    }

    [TestCase("identity_ca.cert.pem")]
    [TestCase("permissions.p7s")]
    public void Without_a_file_of_the_enclave_nothing_starts_where_security_is_enforced(string file)
    {
        using var keystore = new Keystore();
        keystore.Add("/robot");
        var path = Path.Join(keystore.FolderOf("/robot"), file);
        File.Delete(path);
        using var variable = new EnvironmentVariable("ROS_SECURITY_KEYSTORE", keystore.Folder);

        Assert.That(
            () => Start("node", "/robot"),
            Throws.InstanceOf<RuntimeError>().With.Message.Contains($"{path} does not exist"));
    }

    [Test]
    public void Without_a_keystore_nothing_starts_where_security_is_enforced()
    {
        using var variable = new EnvironmentVariable("ROS_SECURITY_KEYSTORE", null);

        Assert.That(
            () => Start("node", "/robot"), Throws.InstanceOf<RuntimeError>().With.Message.Contains("ROS_SECURITY_KEYSTORE"));
    }

    [Test]
    public void Where_security_is_not_enforced_a_node_without_keys_warns_and_goes_on_in_the_clear()
    {
        using var log = new LogCapture();
        using var variable = new EnvironmentVariable("ROS_SECURITY_STRATEGY", "Permissive");
        using var node = Start("node", "/no_such_enclave");
        using var stranger = StartPeer("stranger", ("ROS_SECURITY_ENABLE", "false"));

        log.WaitFor("[WARN]", "[rclcs]", "not secured", "/no_such_enclave/");
        Assert.That(
            node.Node.Graph.WaitFor(() => node.Node.Graph.GetNodeNames().Any(other => other.Name == "stranger"), Within.Time),
            Is.True);
    }

    [Test]
    public void A_certificate_of_another_authority_is_refused_with_its_folder()
    {
        using var keystore = new Keystore();
        keystore.Add("/robot");
        var folder = keystore.FolderOf("/robot");
        File.Copy(Path.Join(_keystore.FolderOf(CallerEnclave), "cert.pem"), Path.Join(folder, "cert.pem"), overwrite: true);
        using var variable = new EnvironmentVariable("ROS_SECURITY_KEYSTORE", keystore.Folder);

        Assert.That(
            () => Start("node", "/robot"), Throws.InstanceOf<RuntimeError>().With.Message.Contains(folder));
    }

    [Test]
    public void A_second_enclave_of_a_process_is_refused_since_it_would_get_the_rights_of_the_first()
    {
        using var first = Start("first", NarrowEnclave);

        Assert.That(
            () => Start("second", CallerEnclave), Throws.InstanceOf<RuntimeError>().With.Message.Contains("security settings"));
    }

    [Test]
    public void A_library_without_plug_ins_is_refused_where_security_is_enforced_and_the_package_named()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var library = Path.Join(folder.FullName, "libddsc.so.0.10.2");
            File.Copy(FindLoadedLibrary(), library);
            using var peer = new PeerProcess(
                new Dictionary<string, string> { ["RCLCS_DDSC_LIBRARY"] = library },
                "serve",
                "lamp",
                "--ros-args",
                "--enclave",
                CallerEnclave);

            Assert.That(
                peer.ReadErrors(), Does.Contain("libdds_security_auth.so").And.Contain("install the package libddsc0debian"));
            Assert.That(peer.WaitForExit(), Is.EqualTo(1));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static SpinningNode Start(string name, string enclave) => new(name, "--ros-args", "--enclave", enclave);

    private static PeerProcess StartPeer(string name, (string Name, string Value) variable) => new(
        new Dictionary<string, string> { [variable.Name] = variable.Value },
        "serve",
        "lamp",
        "--ros-args",
        "-r",
        $"__node:={name}");

    private static string FindLoadedLibrary()
    {
        DdscLibrary.Load();
        var line = File.ReadLines("/proc/self/maps").First(line => line.Contains("/libddsc.so.", StringComparison.Ordinal));
        return line[line.IndexOf('/', StringComparison.Ordinal)..];
    }
}
