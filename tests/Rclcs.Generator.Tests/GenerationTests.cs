using Microsoft.CodeAnalysis;

namespace rclcs.Generator.Tests;

public sealed class GenerationTests
{
    private static readonly string[] Primitives =
    [
        "bool", "byte", "char", "float32", "float64", "int8", "uint8", "int16", "uint16", "int32", "uint32", "int64",
        "uint64",
    ];

    [Test]
    public void The_package_is_the_folder_above_msg()
    {
        var compilation = Generation.Compile(Generation.Project(), new MsgFile("/ws/src/my_msgs/msg/A.msg", "int32 x"));

        Assert.That(Generation.Constant(compilation, "my_msgs.msg.A", "TypeName"), Is.EqualTo("my_msgs/msg/A"));
    }

    [Test]
    public void The_metadata_RosPackage_names_the_package_whatever_the_folder()
    {
        var compilation = Generation.Compile(
            Generation.Project(), new MsgFile("/home/me/Clone 2/msg/A.msg", "int32 x", "my_msgs"));

        Assert.That(Generation.Constant(compilation, "my_msgs.msg.A", "TypeName"), Is.EqualTo("my_msgs/msg/A"));
    }

    [Test]
    public void A_package_may_have_the_name_of_a_keyword()
    {
        var compilation = Generation.Compile(
            Generation.Project(),
            new MsgFile("/ws/event/msg/A.msg", "int32 x"),
            new MsgFile("/ws/event/msg/B.msg", "event/A a"));

        Assert.That(compilation.GetTypeByMetadataName("event.msg.B"), Is.Not.Null);
    }

    [Test]
    public void Messages_named_as_types_of_the_framework_do_no_harm() =>
        Generation.Compile(
            Generation.Project(),
            new MsgFile("/ws/test_pkg/msg/List.msg", "int32[] x\nuint8[] y\nList2[2] z\nstring[2] s"),
            new MsgFile("/ws/test_pkg/msg/List2.msg", "String s"),
            new MsgFile("/ws/test_pkg/msg/String.msg", "string s"),
            new MsgFile("/ws/test_pkg/msg/CdrReader.msg", "string s"),
            new MsgFile("/ws/test_pkg/msg/System.msg", "uint8[] s"));

    [Test]
    public void A_message_of_a_referenced_assembly_is_found_with_all_that_it_contains()
    {
        var compilation = Generation.Compile(
            Generation.Project(),
            new MsgFile("/ws/test_pkg/msg/Stamped.msg", "std_msgs/Header header\nsensor_msgs/msg/RegionOfInterest roi"));

        Assert.That(
            Generation.Constant(compilation, "test_pkg.msg.Stamped", "TypeHash"),
            Is.EqualTo("RIHS01_7f3a40dd75417d0d1df60322d6e4e51886e8abb27d9c70872f2dca586a5306cd"));
    }

    [Test]
    public void A_message_of_the_project_goes_before_one_of_the_same_name_elsewhere()
    {
        var library = Generation.Compile(
            Generation.Project().WithAssemblyName("library"), new MsgFile("/ws/test_pkg/msg/Part.msg", "int32 old"));

        var source = Generation.Driver(
                new MsgFile("/ws/test_pkg/msg/Part.msg", "int32 changed"),
                new MsgFile("/ws/test_pkg/msg/Whole.msg", "Part part"))
            .RunGenerators(Generation.Project(library.ToMetadataReference())).GetRunResult();

        Assert.That(source.Diagnostics, Is.Empty);
        Assert.That(source.GeneratedTrees[0].ToString(), Does.Contain("public int Changed { get; set; }"));
    }

    /// <summary>
    /// What rosidl (its rosidl_generator_type_description of December 2024) computes for test_msgs, the messages with all
    /// kinds of fields that ROS 2 tests itself with.
    /// </summary>
    [Test]
    public void The_type_hashes_of_test_msgs_are_those_that_rosidl_computes()
    {
        var basicTypes = Lines(Primitives.Select(type => $"{type} {type}_value"));
        var sequences = Lines(
        [
            .. Primitives.Append("string").Select(type => $"{type}[<=3] {type}_values"),
            "BasicTypes[<=3] basic_types_values",
            "Constants[<=3] constants_values",
            "Defaults[<=3] defaults_values",
            .. Primitives.Append("string").Select(type => $"{type}[<=3] {type}_values_default"),
            "int32 alignment_check",
        ]);
        string[] strings = ["value", .. Enumerable.Range(1, 5).Select(i => $"value_default{i}")];
        var compilation = Generation.Compile(
            Generation.Project(),
            TestMessage("BasicTypes", basicTypes),
            TestMessage("Constants", "bool BOOL_CONST=true"),
            TestMessage("Defaults", basicTypes),
            TestMessage("Nested", "BasicTypes basic_types_value"),
            TestMessage("BoundedSequences", sequences),
            TestMessage("Strings", Lines(
            [
                .. strings.Select(name => $"string string_{name}"),
                .. strings.Select(name => $"string<=22 bounded_string_{name}"),
            ])),
            TestMessage("WStrings", Lines(
            [
                .. strings.Take(4).Select(name => $"wstring wstring_{name}"),
                "wstring[3] array_of_wstrings",
                "wstring[<=3] bounded_sequence_of_wstrings",
                "wstring[] unbounded_sequence_of_wstrings",
            ])));

        Assert.Multiple(() =>
        {
            Check("BasicTypes", "7c300afd4e796798d49bdd6cdaa0fa87fa0ed2ba3217d977e1faa87070d797ab");
            Check("Constants", "983e7ae7099d65b3030c31c2890b0ec2b332484fae9f28c68e01340c8f61edcf");
            Check("Nested", "f964f9dc322022b7a681ee6933ee5c3c788025b942fedb7f4d7c018ed840cf86");
            Check("BoundedSequences", "fb361a3b3827c76a142c2190126a20a92e7e510e047f880141a7e9ef867961ed");
            Check("Strings", "eee55533636293ac7c94c62432eedb5777eb849847d2a17b4dcead8c4a20ab32");
            Check("WStrings", "5a2c8ddb2054600023b9a180652f2ba895373217cad4b1f0fc1258c9e4424a79");
        });

        void Check(string name, string hash) => Assert.That(
            Generation.Constant(compilation, $"test_msgs.msg.{name}", "TypeHash"), Is.EqualTo("RIHS01_" + hash), name);

        static MsgFile TestMessage(string name, string text) => new($"/ws/test_msgs/msg/{name}.msg", text);

        static string Lines(IEnumerable<string> lines) => string.Join("\n", lines);
    }

    [Test]
    public void The_generated_class_is_readable()
    {
        var source = Generation.Source(new MsgFile(
            "/ws/test_pkg/msg/Person.msg",
            """
            # Somebody <seen> by a camera & co.

            uint8 ADULT = 18   # years

            # In years. [0, 120]
            uint8 age 30
            string<=20 name    # As they
                               # write it
            # Forgotten after the empty line

            std_msgs/Header[] seen
            """));

        Assert.That(source, Is.EqualTo(PersonSource));
    }

    private const string PersonSource =
        """"
        // <auto-generated>
        //     Made of test_pkg/msg/Person.msg by Rclcs.Generator. Changes will be lost.
        // </auto-generated>
        #nullable enable

        namespace test_pkg.msg;

        /// <summary>Somebody &lt;seen&gt; by a camera &amp; co.</summary>
        public sealed partial class Person : global::rclcs.Serialization.IMessage<Person>
        {
            /// <summary>years</summary>
            public const byte ADULT = 18;

            /// <summary>Name of the type in ROS 2.</summary>
            public const string TypeName = "test_pkg/msg/Person";

            /// <summary>Hash of the type and all that it contains (REP-2011).</summary>
            public const string TypeHash = "RIHS01_26d0918aaa5789fc1c0b37a04ea4550d3fbaaa3de1ca9c4785e376d519cfa377";

            /// <summary>What the .msg file says about it.</summary>
            public const string Definition = """
                # Somebody <seen> by a camera & co.

                uint8 ADULT = 18   # years

                # In years. [0, 120]
                uint8 age 30
                string<=20 name    # As they
                                   # write it
                # Forgotten after the empty line

                std_msgs/Header[] seen
                """;

            /// <summary>In years. [0, 120]</summary>
            public byte Age { get; set; } = 30;

            /// <summary>
            /// As they
            /// write it
            /// </summary>
            public string Name { get; set; } = "";

            /// <summary><c>std_msgs/Header[] seen</c></summary>
            public global::System.Collections.Generic.List<global::std_msgs.msg.Header> Seen { get; set; } = [];

            static string global::rclcs.Serialization.IMessage<Person>.TypeName => TypeName;
            static string global::rclcs.Serialization.IMessage<Person>.TypeHash => TypeHash;
            static string global::rclcs.Serialization.IMessage<Person>.Definition => Definition;
            static global::System.ReadOnlySpan<byte> global::rclcs.Serialization.IMessage<Person>.TypeDescription => """{…}"""u8;

            /// <inheritdoc/>
            public void Serialize(ref global::rclcs.Serialization.CdrWriter writer)
            {
                writer.WriteByte(Age);
                writer.WriteString(Name, maxLength: 20, field: "test_pkg/msg/Person.name");
                writer.WriteMessageSequence(Seen);
            }

            /// <inheritdoc/>
            public void Deserialize(ref global::rclcs.Serialization.CdrReader reader)
            {
                Age = reader.ReadByte();
                Name = reader.ReadString(Name, maxLength: 20, field: "test_pkg/msg/Person.name");
                reader.ReadMessageSequence(Seen);
            }
        }

        """";
}
