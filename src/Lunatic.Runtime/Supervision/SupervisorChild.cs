namespace Lunatic.Runtime.Supervision;

/// <summary>A child that is a supervisor.</summary>
internal sealed class SupervisorChild(SupervisorSpecification specification, ChildOptions options) : ChildSpecification(specification.Name, ChildKind.Supervisor, options)
{
    internal override ChildStart Begin(SupervisorLoop loop)
    {
        Supervisor child = Supervisor.Create(EnvironmentIn(loop), specification, startDecided: loop.Wake);
        // its end before the start is decided wakes the loop too
        child.Process.Monitor(loop.Process);
        child.Start();
        return new Nested(child);
    }

    internal override void RequestStop(ChildStatus child) => child.Supervisor!.RequestStop();

    private sealed class Nested(Supervisor supervisor) : ChildStart(supervisor.OwnProcess)
    {
        internal override Supervisor? Supervisor => supervisor;

        internal override bool IsOver => supervisor.StartError is not null || supervisor.HasStarted || supervisor.OwnProcess.HasEnded;

        internal override Exception? Error =>
            supervisor.HasStarted ? null : supervisor.StartError ?? new InvalidOperationException($"Supervisor '{supervisor.Name}' ended while it was started: {supervisor.OwnProcess.EndReason?.Message}");
    }
}
