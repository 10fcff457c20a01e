using SafetyService;

// A host that watches a deployed model: asks a small suite regularly, compares with the pinned baseline, raises alerts, shows its health and its report.
// Offline by default: the model is simulated, and the receiver of the signed webhook is part of this host.
//   dotnet run --project samples/SafetyService -- --urls http://127.0.0.1:5080 --Service:Folder ./safety
//   POST /check · GET /health · GET /report · GET /alerts; FineTuneGate baseline accept pins what a check left as received
await using var app = await ServiceHost.BuildAsync(args);
await app.RunAsync();
