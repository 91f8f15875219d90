using System.Diagnostics;

namespace EndToEnd.Tests;

/// <summary>The files that ROS's tools read, as ROS's own parsers see them; they need no ROS 2.</summary>
public class PackageFilesTests
{
    [Test]
    public void Package_xml_is_valid() => Assert.That(Python("catkin_pkg.package",
        """
        import sys
        from catkin_pkg.package import parse_package
        warnings = []
        package = parse_package(sys.argv[1] + '/package.xml', warnings=warnings)
        package.validate(warnings=warnings)
        print(package.name, warnings)
        """), Is.EqualTo("face_attributes []\n"));

    [Test]
    public void Our_messages_and_those_of_other_packages_are_read_by_rosidl() => Assert.That(Python("rosidl_adapter.parser",
        """
        import pathlib
        import sys
        from rosidl_adapter.parser import parse_message_file, parse_service_file
        root = pathlib.Path(sys.argv[1])
        others = root / 'src/FaceAttributes.Messages/interfaces'
        for package, folder in [('face_attributes', root), *((f.name, f) for f in sorted(others.iterdir()) if f.is_dir())]:
            names = [parse_message_file(package, str(path)).base_type.type for path in sorted(folder.glob('msg/*.msg'))]
            names += [parse_service_file(package, str(path)).srv_name for path in sorted(folder.glob('srv/*.srv'))]
            print(package, ' '.join(names))
        """), Does.Match(
            "^face_attributes CategoricalAttribute FaceAttributes FaceAttributesArray .*Classify Describe\n"
            + "hri_msgs Expression FacialLandmarks IdsList .*SoftBiometrics\nvision_msgs BoundingBox2D Detection2D .*\n$"));

    [Test]
    public void Launch_files_are_Python_and_the_readme_has_their_arguments()
    {
        var arguments = Python("ast",
            """
            import ast
            import pathlib
            import sys
            for path in sorted(pathlib.Path(sys.argv[1], 'launch').iterdir()):
                for call in ast.walk(ast.parse(path.read_text(), str(path))):
                    if isinstance(call, ast.Call) and getattr(call.func, 'id', '') == 'DeclareLaunchArgument':
                        default = next(keyword.value for keyword in call.keywords if keyword.arg == 'default_value')
                        print(call.args[0].value, default.value if isinstance(default, ast.Constant) else 'config/face_attributes.yaml')
            """).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var readme = File.ReadAllText(Path.Combine(RunCommand.RepositoryRoot, "README.md"));

        Assert.That(arguments, Has.Length.GreaterThan(12));
        foreach (var argument in arguments)
        {
            var (name, value) = (argument.Split(' ')[0], argument.Split(' ')[^1]);
            Assert.That(readme, Does.Contain($"`{name}`"), argument);
            if (value.Length > 0 && name is not ("device" or "driver"))
                Assert.That(readme, Does.Contain($"`{value}`"), argument);
        }
    }

    private static string Python(string module, string script)
    {
        // Debian's own, which has Debian's packages.
        var start = new ProcessStartInfo("/usr/bin/python3", ["-B", "-c", script, RunCommand.RepositoryRoot])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var python = Process.Start(start)!;
        var errors = python.StandardError.ReadToEndAsync();
        var output = python.StandardOutput.ReadToEnd();
        python.WaitForExit();
        if (python.ExitCode != 0 && errors.Result.Contains($"No module named '{module.Split('.')[0]}'", StringComparison.Ordinal))
            Assert.Ignore($"Python's module {module} is not here; ./test installs it.");
        Assert.That(python.ExitCode, Is.Zero, errors.Result);
        return output;
    }
}
