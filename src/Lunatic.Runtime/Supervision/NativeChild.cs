using Lunatic.Runtime.Processes;

namespace Lunatic.Runtime.Supervision;

/// <summary>A child that is a C# process.</summary>
internal sealed class NativeChild(string name, Func<NativeProcessContext, Task> body, ChildOptions options) : ChildSpecification(name, ChildKind.Process, options)
{
    internal override ChildStart Begin(SupervisorLoop loop)
    {
        LunaticEnvironment environment = EnvironmentIn(loop);
        NativeProcess process = environment.Create(body);
        if (Options.RegisterAs is { } registered)
            environment.Register(registered, process);
        process.Start();
        return new Started(process);
    }

    internal override void RequestStop(ChildStatus child) => ((NativeProcess)child.Process!).RequestStop();

    private sealed class Started(NativeProcess process) : ChildStart(process)
    {
        internal override bool IsOver => true;

        internal override Exception? Error => null;
    }
}
