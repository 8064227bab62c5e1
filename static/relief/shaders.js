// The grid has no vertices in memory: each is made of its number, in a strip of triangles for each row of cells.
// Lengths: the plane's long side measures 2, the globe's radius 0.8.

const SURFACE = `#version 300 es
precision highp float;
uniform highp sampler2D heights;
uniform mat4 camera;
uniform vec2 shape, poles; // the plane's width and depth; how high the globe's poles are
uniform float lift, globe; // of the highest point on the plane; from 0, the plane, to 1, the globe
uniform ivec2 grid;
uniform int stride; // every how manieth vertex is drawn
uniform bool wall;
out vec2 at;
out vec3 normal;
out float below;

float height(ivec2 cell) {
  if (globe > 0.0) cell.x = (cell.x + grid.x - 1) % (grid.x - 1);
  float found = texelFetch(heights, clamp(cell, ivec2(0), grid - 1), 0).r, v = float(cell.y) / float(grid.y - 1);
  return lift * mix(found, v < 0.5 ? poles.x : poles.y, globe * smoothstep(0.44, 0.5, abs(v - 0.5)));
}

void main() {
  ivec2 cells = (grid - 2 + stride) / stride, cell = ivec2(gl_VertexID >> 1, gl_InstanceID + (gl_VertexID & 1));
  below = wall ? float(gl_VertexID & 1) : 0.0;
  if (wall) { // once around the edge
    int n = cell.x, east = cells.x, south = cells.x + cells.y, west = 2 * cells.x + cells.y;
    cell = n < east ? ivec2(n, 0) : n < south ? ivec2(east, n - east) : n < west ? ivec2(west - n, cells.y) : ivec2(0, west + cells.y - n);
  }
  cell = min(cell * stride, grid - 1);
  at = vec2(cell) / vec2(grid - 1);
  ivec2 e = ivec2(stride, 0);
  vec2 slope = vec2(height(cell + e) - height(cell - e), height(cell + e.yx) - height(cell - e.yx)) * vec2(grid - 1) / float(2 * stride);
  vec3 here = vec3((at.x - 0.5) * shape.x, mix(height(cell), -0.06, below), (at.y - 0.5) * shape.y);
  normal = normalize(vec3(-slope.x / shape.x, 1.0, -slope.y / shape.y));
  if (globe > 0.0) {
    vec2 angle = (at - 0.5) * vec2(6.2831853, -3.14159265), c = cos(angle), s = sin(angle);
    vec3 up = vec3(s.x * c.y, s.y, c.x * c.y), east = vec3(c.x, 0.0, -s.x), south = vec3(s.x * s.y, -c.y, c.x * s.y);
    here = mix(here, up * (0.8 + 0.16 * here.y), globe);
    // Heights are flatter here than on the plane, but lit as if they were not.
    normal = mix(normal, normalize(up - 0.08 * slope.x / max(c.y, 0.05) * east - 0.16 * slope.y * south), globe);
  }
  gl_Position = camera * vec4(here, 1.0);
}`;

const COLOUR = `#version 300 es
precision highp float;
uniform sampler2D picture;
uniform vec3 sun;
uniform float globe;
uniform bool wall;
in vec2 at;
in vec3 normal;
in float below;
out vec4 colour;

void main() {
  vec3 light = texture(picture, at).rgb;
  float shade = 0.34 + 0.66 * max(dot(normalize(normal), sun), 0.0) / mix(sun.y, 1.0, globe); // what lies level keeps the picture's colour
  light = wall ? 0.7 * mix(light, vec3(0.13, 0.115, 0.1), 0.65 + 0.25 * below) : light * shade;
  light = min(light, 1.0);
  colour = vec4(mix(12.92 * light, 1.055 * pow(light, vec3(1.0 / 2.4)) - 0.055, step(0.0031308, light)), 1.0); // sRGB
}`;

// Uses the program; gives the places of its uniforms by their names.
export function linked(gl) {
  const program = gl.createProgram();
  for (const [kind, source] of [[gl.VERTEX_SHADER, SURFACE], [gl.FRAGMENT_SHADER, COLOUR]]) {
    const shader = gl.createShader(kind);
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS)) throw new Error("This browser's graphics cannot draw the relief");
  gl.useProgram(program);
  const names = ["heights", "picture", "camera", "shape", "poles", "lift", "globe", "grid", "stride", "wall", "sun"];
  return Object.fromEntries(names.map((name) => [name, gl.getUniformLocation(program, name)]));
}
